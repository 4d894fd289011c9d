import type { Text } from '../../base/index.ts';
import type { City, Institution, Service, Town } from '../../city/index.ts';
import { STAFF_ROLES, type Actor, type Role, type Scope } from '../../people/index.ts';
import { checkPost } from './posting.ts';
import { scopeName } from './scope-name.ts';

/** Somebody to look around as. Named after the post: nobody real is meant. */
export interface DemoPerson extends Actor {
  readonly scopeName: Text;
}

const POST_NAMES: Readonly<Partial<Record<Role, Text>>> = {
  hotline: { zh: '医疗热线坐席', en: 'medical line desk' },
  committee: { zh: '居委会值班台', en: 'committee desk' },
  dispatcher: { zh: '120 调度席', en: '120 dispatcher' },
  crew: { zh: '急救车组', en: 'ambulance crew' },
  driver: { zh: '专车司机', en: 'special-car driver' },
  ward: { zh: '院内值班', en: 'duty desk' },
  gate: { zh: '门岗', en: 'gate' },
  familyDoctor: { zh: '家庭医生团队', en: 'family-doctor team' },
  cloudDoctor: { zh: '云门诊医生', en: 'cloud clinic doctor' },
  pharmacist: { zh: '药房', en: 'pharmacy' },
  expert: { zh: '会诊专家', en: 'expert on call' },
  checkpoint: { zh: '卡口', en: 'checkpoint' },
  passOfficer: { zh: '通行证管理', en: 'pass office' },
  district: { zh: '区指挥部', en: 'district command centre' },
  city: { zh: '市指挥部', en: 'city command centre' },
  planner: { zh: '政策编制', en: 'policy planner' },
};

/**
 * `ward@institution:ZZ-H-001`: the post itself, so that whoever holds a step can be found and signed in as from its owner.
 * @returns undefined for a post this city does not have
 */
export function demoPerson(id: string, city: City): DemoPerson | undefined {
  const [post = '', shift] = id.split('#');
  const at = post.indexOf('@');
  const role = STAFF_ROLES.find((name) => name === post.slice(0, at));
  const scope = post.slice(at + 1);
  if (!role || (shift !== undefined && !/^[A-C]$/.test(shift)) || checkPost(role, scope, city)) return undefined;
  const { zh, en } = POST_NAMES[role] ?? { zh: role, en: role };
  const place = scopeName(scope, city);
  const end = shift === undefined ? { zh: '', en: '' } : { zh: `（${shift} 班）`, en: `, shift ${shift}` };
  return { id, role, scope, name: `${place.zh} ${zh}${end.zh} · ${place.en} ${en}${end.en}`, scopeName: place };
}

/** A unit of the demo that issues work passes. */
export const DEMO_ISSUER = 'demo-hospital';

/** A few of every role, the first of each being the one its link signs in as. All other posts of the city exist as well. */
export function demoPeople(city: City): readonly DemoPerson[] {
  const towns = demoTowns(city);
  const units = [...city.units.keys()].slice(0, 3);
  const cars = towns.flatMap((town) => [...city.cars.values()].filter((car) => car.town === town.code).slice(0, 2));
  const wards = demoInstitutions(city, towns);
  const running = (service: Service): readonly Institution[] => wards.filter((ward) => ward.services.has(service));
  const districts = [...new Set(towns.map(({ district }) => district))];
  const posts: readonly [Role, readonly Scope[]][] = [
    ['hotline', ['city']],
    ['committee', towns.map(({ code }) => `town:${code}`)],
    ['dispatcher', ['city#A', 'city#B']],
    ['crew', units.map((id) => `unit:${id}`)],
    ['driver', cars.map(({ id }) => `car:${id}`)],
    ['ward', wards.map(({ code }) => `institution:${code}`)],
    ['gate', wards.slice(0, 2).map(({ code }) => `institution:${code}`)],
    ['familyDoctor', towns.map(({ code }) => `town:${code}`)],
    ['cloudDoctor', running('cloudClinic').slice(0, 2).map(({ code }) => `institution:${code}`)],
    ['pharmacist', running('cloudClinic').slice(0, 2).map(({ code }) => `institution:${code}`)],
    ['expert', wards.filter(({ level }) => level === 'tertiary').slice(0, 2).map(({ code }) => `institution:${code}`)],
    ['checkpoint', districts.slice(0, 1).map((code) => `checkpoint:${code}`)],
    ['passOfficer', [`issuer:${DEMO_ISSUER}`]],
    ['district', districts.map((code) => `district:${code}`)],
    ['city', ['city']],
    ['planner', ['city']],
  ];
  return posts.flatMap(([role, scopes]) => scopes.map((scope) => demoPerson(`${role}@${scope}`, city))).filter((person) => person !== undefined);
}

/** Three towns of different districts that have cars of their own: each can bring its people without asking a neighbour. */
function demoTowns(city: City): readonly Town[] {
  const towns: Town[] = [];
  for (const { town: code } of city.cars.values()) {
    const town = city.towns.get(code);
    if (town && !towns.some(({ district }) => district === town.district)) towns.push(town);
    if (towns.length === 3) break;
  }
  return towns.length > 0 ? towns : [...city.towns.values()].slice(0, 3);
}

const EVERY_NEED: readonly Service[] = ['emergency', 'feverClinic', 'haemodialysis', 'cloudClinic', 'obstetrics', 'paediatrics'];

/** Six institutions that between them treat everything, those designated for the demo's towns first. */
function demoInstitutions(city: City, towns: readonly Town[]): readonly Institution[] {
  const designated = towns.flatMap(({ code }) => city.counterparts.filter(({ town }) => town === code).flatMap(({ institutions }) => institutions));
  const known = [...new Set([...designated, ...city.institutions.keys()])].map((code) => city.institutions.get(code)).filter((found) => found !== undefined);
  const needed = EVERY_NEED.map((service) => known.find(({ services }) => services.has(service))).filter((found) => found !== undefined);
  return [...new Set([...needed, ...known])].slice(0, 6);
}
