import { useEffect, useState, type ReactNode } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { useWords } from '../shell/language.tsx';
import { ActionButtons } from './actions.tsx';
import { VehicleChoice, wantsVehicle, withVehicle } from './candidates.tsx';
import { JourneyPanel } from './panel.tsx';

interface WorkProps {
  readonly journey: JourneyView;
  readonly primaryKey: string;
  readonly onClose: () => void;
  /** What has to be read before anything is pressed. */
  readonly children?: ReactNode;
}

/** The open journey on a desk: what to do first, with the vehicle to send where one is wanted. */
export function JourneyWork({ journey, primaryKey, onClose, children }: WorkProps) {
  const { t } = useWords();
  const [vehicle, setVehicle] = useState<string>();
  const wanted = wantsVehicle(journey);
  useEffect(() => setVehicle(undefined), [journey.id, wanted]);
  return (
    <JourneyPanel journey={journey} onClose={onClose}>
      {children}
      <ActionButtons
        journey={journey}
        primaryKey={primaryKey}
        choose={(command) => withVehicle(command, vehicle)}
        label={({ type }) => (vehicle !== undefined && (type === 'sendUnit' || type === 'assignCar') ? t('vehicle.send', { vehicle }) : undefined)}
      />
      {wanted && <VehicleChoice journey={journey} chosen={vehicle} onChoose={setVehicle} />}
    </JourneyPanel>
  );
}
