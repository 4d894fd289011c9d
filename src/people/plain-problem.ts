import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What is wrong with one field, for whoever filled it in: no word of a program, in both languages. */
export interface PlainProblem {
  readonly problem: string;
  readonly problemZh: string;
}

/** What a schema says in words of its own, in the other language. */
export const SAID: Readonly<Record<string, string>> = {
  'write a telephone number with 3 to 25 digits': '请填写3至25位的电话号码',
  'write a time as 2022-11-25T08:30:00+08:00': '时间请写成2022-11-25T08:30:00+08:00',
  'write a time of day as 22:00': '时刻请写成22:00',
  'say why, in a few words': '请用几个字说明原因',
  'name the slot to book, or the hold': '请选择要预约的时段',
  'name the request, or say what is known': '请指明已有的申请，或填写已知情况',
  'send at most 100 answers': '最多100个回答',
  'give either code or jws': '短码和扫码内容只填一项',
  'write a code of letters, digits, - and _': '请用字母、数字、-和_编写',
  'name codes, a batch, or all': '请指定通行证、批次或全部',
  'say what changes: startsAt, endsAt or seats': '请填写要改的内容：开始时间、结束时间或号源数',
  'send changes, or the version to go back to': '请提交修改内容，或要恢复的版本',
  'write an ATC code of five or seven characters': 'ATC编码应为5位或7位',
  'the two times must differ: leave both out for the whole day': '两个时刻不能相同；全天请都不填',
  'write the beginning of an ATC code': '请填写ATC编码的开头',
  'write a place as longitude,latitude in degrees (WGS-84), for example 113.65,34.75': '地点请写成经度,纬度（WGS-84），例如113.65,34.75',
  'use letters, digits and . : _ - , at most 60': '请用字母、数字和. : _ -，不超过60个',
  'each key once: one answer must not hide behind another': '每个键只能出现一次',
  'must be from -180 to 180': '须在-180到180之间',
  'must be from -90 to 90': '须在-90到90之间',
};

const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  string: ['text', '文字'], number: ['a number', '数字'], int: ['a whole number', '整数'], boolean: ['yes or no', '是或否'], array: ['a list', '列表'], object: ['a group of fields', '一组字段'],
  record: ['a group of fields', '一组字段'], date: ['a time', '时间'],
};
const type = (name: string): readonly [string, string] => TYPES[name] ?? [name, name];

const both = (problem: string, problemZh: string): PlainProblem => ({ problem, problemZh });

/** How the library's own sentences begin. */
const LIBRARY = /^(?:Invalid |Too (?:small|big)|Unrecognized )/;

export function plainProblem(issue: Issue): PlainProblem {
  return LIBRARY.test(issue.message) ? fromLibrary(issue) : both(issue.message, SAID[issue.message] ?? issue.message);
}

function fromLibrary(issue: Issue): PlainProblem {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return both('it is missing', '请填写');
      const [name, nameZh] = type(issue.expected);
      return both(`it must be ${name}`, `应为${nameZh}`);
    }
    case 'too_small':
      return limit(issue.origin, issue.minimum, 'least');
    case 'too_big':
      return limit(issue.origin, issue.maximum, 'most');
    case 'invalid_value':
      return both(`it must be one of ${issue.values.map(String).join(', ')}`, `只能是${issue.values.map(String).join('、')}`);
    case 'invalid_format':
      return both('it is not written as it must be', '格式不符合要求');
    case 'not_multiple_of':
      return both(`it must be a multiple of ${issue.divisor}`, `应为${issue.divisor}的倍数`);
    default:
      return both('it is none of the forms that are allowed', '不是允许的内容');
  }
}

function limit(origin: string, of: number | bigint, which: 'least' | 'most'): PlainProblem {
  const least = which === 'least';
  if (origin === 'string') {
    if (least && Number(of) === 1) return both('it is empty', '不能为空');
    return both(`it may have at ${which} ${of} characters`, least ? `至少${of}个字` : `最多${of}个字`);
  }
  if (origin === 'array' || origin === 'set' || origin === 'object') return both(`it may have at ${which} ${of} entries`, least ? `至少${of}项` : `最多${of}项`);
  return both(`it must be at ${which} ${of}`, least ? `不得小于${of}` : `不得大于${of}`);
}
