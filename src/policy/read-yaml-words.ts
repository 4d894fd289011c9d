import type { ErrorCode } from 'yaml';
import type { Text } from '../base/index.ts';

/** The parser speaks English. In Chinese its faults are told by their kind, with its own sentence behind for whoever looks it up. */
const FAULTS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: '引用前后不能再加别的标记',
  BAD_ALIAS: '引用的名字有误',
  BAD_COLLECTION_TYPE: '标记与内容的类型不符',
  BAD_DIRECTIVE: '以“%”开头的指令有误，请删去',
  BAD_DQ_ESCAPE: '双引号里的“\\”写法有误，可改用单引号',
  BAD_INDENT: '缩进不对，请与同级的各行对齐；或者括号没有闭合',
  BAD_PROP_ORDER: '标记的位置不对',
  BAD_SCALAR_START: '不能以这个字符开头，请给内容加引号',
  BLOCK_AS_IMPLICIT_KEY: '一行里有两个“: ”或“- ”，请分行写，或给内容加引号',
  BLOCK_IN_FLOW: '括号里不能用分行的写法',
  DUPLICATE_KEY: '同一名称写了两次',
  IMPOSSIBLE: '此处无法解读',
  KEY_OVER_1024_CHARS: '名称太长，或缺少“: ”',
  MISSING_CHAR: '缺少一个符号，如引号、逗号、冒号、空格或右括号',
  MULTILINE_IMPLICIT_KEY: '名称要写在一行里，其后要有“: ”',
  MULTIPLE_ANCHORS: '名字标记多于一个',
  MULTIPLE_DOCS: '一个文件里有两份文档，请去掉“---”并拆成两个文件',
  MULTIPLE_TAGS: '类型标记多于一个',
  NON_STRING_KEY: '名称要写成文字',
  RESOURCE_EXHAUSTION: '嵌套太深',
  TAB_AS_INDENT: '缩进不能用制表符，请改用空格',
  TAG_RESOLVE_FAILED: '无法识别的类型标记，请去掉',
  UNEXPECTED_TOKEN: '此处多出了符号，请检查前后的引号、括号和逗号',
};

/** @param english what the parser says of it */
export function sayYamlFault(code: ErrorCode, english: string): Text {
  return { zh: `${FAULTS[code]}（${english}）`, en: english };
}
