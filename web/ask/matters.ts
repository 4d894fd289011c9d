import type { Need } from '../../src/triage/index.ts';

/** What can be the matter, in the order of how often and how urgently it is. Experts are asked by doctors, not chosen here. */
export const MATTERS = [
  'emergency', 'fever', 'paediatrics', 'obstetrics', 'haemodialysis', 'medicineRefill', 'chronicFollowUp', 'chemotherapy',
  'radiotherapy', 'severeIllness', 'inpatientAdmission', 'specialist', 'generalOutpatient', 'onlineConsultation',
] as const satisfies readonly Need[];

export const ICONS: Readonly<Record<(typeof MATTERS)[number], string>> = {
  emergency: 'M12 2L4 14h7l-1 8 9-13h-7z',
  fever: 'M10 4a2 2 0 0 1 4 0v9.5a4.5 4.5 0 1 1-4 0zM12 9v8',
  paediatrics: 'M12 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM6 21c0-4 2.5-7 6-7s6 3 6 7',
  obstetrics: 'M11 2a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM10 8c-2 3-2 5-1 7v7M10 8c5 1 7 8 2 8M12 16v6',
  haemodialysis: 'M12 2.5C8 8 6 11 6 14.5a6 6 0 0 0 12 0C18 11 16 8 12 2.5zM9 15h6',
  medicineRefill: 'M7.5 3.5h9M8.5 3.5v4L6 10v10.5h12V10l-2.500-2.500v-4M9 15h6M12 12v6',
  chronicFollowUp: 'M4 5h16v16H4zM4 10h16M8 2v5M16 2v5M8 15l3 3 5-5',
  chemotherapy: 'M9 2h6v9a3 3 0 0 1-6 0zM12 14v4M12 18h5v4M9 6h6',
  radiotherapy: 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M19 5l-3 3M8 16l-3 3',
  severeIllness: 'M2 12h5l2-7 4 14 3-9 1 2h5',
  inpatientAdmission: 'M3 6v14M3 16h18v4M21 16v-4a3 3 0 0 0-3-3h-8v7M6.500 9a1.500 1.500 0 1 1 0 3 1.500 1.500 0 0 1 0-3z',
  specialist: 'M6 3v6a4 4 0 0 0 8 0V3M10 13v2a5 5 0 0 0 9 3M19 18v-4a2 2 0 1 0-.1 0',
  generalOutpatient: 'M4 21V8l8-5 8 5v13zM12 9v6M9 12h6M10 21v-3h4v3',
  onlineConsultation: 'M4 4h16v11H9l-5 5zM12 7v5M9.500 9.500h5',
};
