import type { Text } from '../../base/index.ts';
import type { Role } from '../../people/index.ts';

/** The screen of each role: where a sign-in leads. */
export const SCREENS: Readonly<Record<Role, string>> = {
  resident: '/my', hotline: '/hotline', committee: '/desk', dispatcher: '/board', crew: '/drive', driver: '/drive',
  ward: '/ward', gate: '/gate', familyDoctor: '/family', cloudDoctor: '/cloud', pharmacist: '/cloud', expert: '/expert',
  checkpoint: '/checkpoint', passOfficer: '/passes', district: '/office', city: '/office', planner: '/office', system: '/',
};

export interface DemoLink {
  readonly role: Role;
  readonly url: string;
  readonly whatToTry: Text;
}

const WHAT_TO_TRY: readonly (readonly [Role, Text])[] = [
  ['hotline', { en: 'take a call and write down a request for somebody without a smartphone', zh: '接一个电话，替没有智能手机的人登记求助' }],
  ['committee', { en: 'let somebody out and give them a car', zh: '放行一位居民并派出专车' }],
  ['dispatcher', { en: 'send the recommended unit to the most urgent request', zh: '向最急的求助派出系统推荐的救护车' }],
  ['crew', { en: 'choose your unit, report each step to the hospital door', zh: '选择今天的车组，逐步上报直到医院门口' }],
  ['driver', { en: 'choose your car, bring somebody to the door and home again', zh: '选择今天的车，送人就医并接回家' }],
  ['ward', { en: 'receive who is expected; close a service and see its patients re-placed', zh: '接收将到的患者；关闭一个科室，看患者被重新安排' }],
  ['gate', { en: 'type a pass code and read which door', zh: '输入通行码，看应走哪个门' }],
  ['familyDoctor', { en: 'call the person whose medicine runs out first', zh: '联系最先断药的居民' }],
  ['cloudDoctor', { en: 'take the next remote visit and prescribe a refill', zh: '接诊下一位线上患者并开具续方' }],
  ['pharmacist', { en: 'dispense what was prescribed', zh: '按处方发药' }],
  ['expert', { en: 'take a consultation request and answer it in time', zh: '接下会诊请求并按时答复' }],
  ['checkpoint', { en: 'check a pass', zh: '查验一张通行证' }],
  ['passOfficer', { en: 'issue work passes for a list of people, and print them', zh: '按名单签发工作通行证并打印' }],
  ['district', { en: 'see what is late in your district', zh: '查看本区超时的事项' }],
  ['city', { en: 'see what is late, closed or promised and not kept', zh: '查看全市超时、停诊与未兑现的承诺' }],
  ['planner', { en: 'try a case against the policies', zh: '用一个案例检验政策' }],
];

/** For the console and the demo page: one link per role, and what to try first. */
export function demoLinks(baseUrl: string): readonly DemoLink[] {
  return WHAT_TO_TRY.map(([role, whatToTry]) => ({ role, url: `${baseUrl}/demo/${role}`, whatToTry }));
}
