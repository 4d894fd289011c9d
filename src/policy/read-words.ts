import type { Text } from '../base/index.ts';

/**
 * Every sentence about a policy file that is not right: what is wrong; what to do. The part of a name before its dot is the
 * code that programs decide by.
 */
export const SENTENCES = {
  // The file as a whole.
  tooLarge: {
    zh: '文件有{characters}个字符；超过{most}个就没有人能审阅，请拆成几份',
    en: 'this file has {characters} characters; a policy of more than {most} cannot be reviewed: split it',
  },
  tooMany: {
    zh: '问题超过{most}个；请确认文件是否正确',
    en: 'more than {most} problems; make sure that it is the right file',
  },
  empty: {
    zh: '文件里没有政策；请从id、version、period、districts和measures写起',
    en: 'the file holds no policy; begin with id, version, period, districts and measures',
  },
  notText: {
    zh: '此处有文本中不会出现的字符；请把文件另存为UTF-8文本',
    en: 'here is a character that no text has; save the file as text in UTF-8',
  },
  unreadable: {
    zh: '这个文件无法读取；请检查路径',
    en: 'this file cannot be read; check the path',
  },
  'unreadable.noFile': {
    zh: '没有这个文件；请检查路径',
    en: 'there is no such file; check the path',
  },
  'unreadable.notRegular': {
    zh: '这不是普通文件；请放入文件本身，或移走',
    en: 'this is no regular file; put the file itself here, or take this away',
  },
  'unreadable.folder': {
    zh: '这个文件夹无法读取；请给出standing-rules.yaml所在的文件夹',
    en: 'this folder cannot be read; give the folder that holds standing-rules.yaml',
  },
  'unreadable.policy': {
    zh: '这个文件无法作为政策读取（{why}）；请确认文件是否正确',
    en: 'this cannot be read as a policy ({why}); make sure that it is the right file',
  },
  // How it is written down.
  yaml: {
    zh: '此处的YAML写法有误：{fault}',
    en: '{fault}; correct the YAML here',
  },
  'yaml.nested': {
    zh: '此处嵌套太深，没有人能读懂；政策文件最多六层，请确认文件是否正确',
    en: 'this is nested deeper than anybody could read; a policy needs six levels: make sure that it is the right file',
  },
  alias: {
    zh: '请把{what}写全，不要用“*”指向别处',
    en: 'write {what} out instead of pointing to another place with "*"',
  },
  'alias.anchor': {
    zh: '“&{name}”给此处起了名字供别处引用；请去掉它，并在引用的地方写出全文',
    en: '"&{name}" gives this a name to point to; take it away, and write out what points here',
  },
  tag: {
    zh: '“{tag}”改变了此处内容的含义；请去掉它，直接写出内容',
    en: '"{tag}" changes what is written here; take it away and write the value plainly',
  },
  'type.fields': {
    zh: '{what}要写成“名称: 内容”的形式；可用的名称：{known}',
    en: '{what} has to be written as "name: value" lines ({known})',
  },
  'type.list': {
    zh: '{what}要写成列表；每行以“- ”开头，或写成[一, 二]',
    en: '{what} has to be a list; begin each line with "- ", or write [one, two]',
  },
  'type.text': {
    zh: '{what}要写成文字；请加引号',
    en: '{what} has to be text; put it in quotes',
  },
  'type.boolean': {
    zh: '{what}只能写true或false',
    en: '{what} has to be true or false',
  },
  duplicateKey: {
    zh: '{what}里“{name}”写了两次；请只留一个',
    en: '"{name}" is written twice in {what}; keep one',
  },
  unknownKey: {
    zh: '{what}里没有“{name}”这一项；可以写：{known}',
    en: '"{name}" is not known in {what}; known are {known}',
  },
  unknownValue: {
    zh: '{what}不能写“{value}”；可以写：{known}',
    en: '"{value}" is no {what}; write one of {known}',
  },
  missing: {
    zh: '缺少{what}；请补上',
    en: '{what} is missing; add it',
  },
  'missing.value': {
    zh: '缺少{what}；请写一个值',
    en: '{what} is missing; write one value',
  },
  'missing.words': {
    zh: '缺少{what}；请补上zh和en',
    en: '{what} is missing; add zh and en',
  },
  // The announcement.
  id: {
    zh: '“{id}”不能用作id；请用小写字母、数字和“-”',
    en: '"{id}" is no id; use small letters, digits and "-"',
  },
  'duplicate.id': {
    zh: '另一个文件已经用了id“{id}”；请为这个文件另取一个',
    en: 'another file already has the id "{id}"; give this one its own',
  },
  supersedes: {
    zh: '通告不能取代自己；请写另一份通告的id，或删去supersedes',
    en: 'an announcement cannot take its own place; name another one, or leave supersedes out',
  },
  overlaps: {
    zh: '“{id}”和“{other}”在同一个区同时有效；请让一份取代另一份，或更改期间',
    en: '"{id}" and "{other}" hold at the same time in the same district; let one supersede the other, or change a period',
  },
  ring: {
    zh: '这些通告依次取代，首尾相接（{ring}），便都不生效；请在其中一份删去supersedes',
    en: 'these take each other\'s place in a ring ({ring}), and then none would hold; leave supersedes out of one of them',
  },
  'missing.sentences': {
    zh: '缺少sentences；请写出原文有几句话作了承诺',
    en: 'sentences is missing; write how many sentences of the source promise something',
  },
  sentences: {
    zh: '“{value}”不是句数；请写1到{most}的整数',
    en: '"{value}" is no number of sentences; write a whole number from 1 to {most}',
  },
  clause: {
    zh: '条款要以句子的序号开头；请写成：3: “高风险区的患者”',
    en: 'a clause begins with the number of its sentence; write it as: 3: "patients in high-risk areas"',
  },
  'clause.beyond': {
    zh: '这里是第{number}句，而sentences说一共{sentences}句；请更正其中一处',
    en: 'this is sentence {number}, but sentences says there are {sentences}; correct one of the two',
  },
  unkept: {
    zh: '有的句子既不是措施，也不在notEncoded里：第{numbers}句；请逐句补上',
    en: 'neither a measure nor in notEncoded: sentence {numbers}; add each to one of them',
  },
  'missing.period': {
    zh: '缺少period；请写from，有结束时间的再写to',
    en: 'period is missing; add from, and to unless the end is open',
  },
  'missing.from': {
    zh: 'period里缺少from；请写出开始的时刻',
    en: 'period, from is missing; add the first instant',
  },
  period: {
    zh: '期间的结束不晚于开始；请更正from或to',
    en: 'the period ends before it begins, or is empty; correct from or to',
  },
  date: {
    zh: "“{value}”不是日期和时间；请写成'2022-11-25 00:00'（24:00是当天结束）",
    en: '"{value}" is no date and time; write it as \'2022-11-25 00:00\' (24:00 is the end of the day)',
  },
  'date.noHour': {
    zh: "“{value}”只有日期，没有时刻；当天开始请写'{value} 00:00'，当天结束请写'{value} 24:00'",
    en: '"{value}" names a day without an hour; write \'{value} 00:00\' for its beginning, \'{value} 24:00\' for its end',
  },
  'missing.districts': {
    zh: '缺少districts；请列出所覆盖各区的代码和名称',
    en: 'districts is missing; list the code and name of each district covered',
  },
  'empty.districts': {
    zh: 'districts是空的，谁也保护不了；请列出所覆盖的各区',
    en: 'districts is empty, and a policy that covers nobody protects nobody; list those covered',
  },
  district: {
    zh: '“{code}”不是区代码；区代码有六位，要加引号',
    en: '"{code}" is no district code; it has six characters, in quotes',
  },
  unknownDistrict: {
    zh: '{city}没有代码为“{code}”的区；可以写：{known}',
    en: '{city} has no district "{code}"; it has {known}',
  },
  'duplicate.district': {
    zh: '区“{code}”列了两次；请只留一个',
    en: 'district "{code}" is listed twice; keep one',
  },
  town: {
    zh: '“{code}”不是乡镇街道代码；代码是九位数字，要加引号',
    en: '"{code}" is no town code; it has nine digits, in quotes',
  },
  unknownTown: {
    zh: '{city}没有代码为“{code}”的乡镇街道；请更正代码',
    en: '{city} has no town "{code}"; correct the code',
  },
  // Its measures.
  'missing.measures': {
    zh: '缺少{list}；请列出措施',
    en: '{list} is missing; list the measures',
  },
  'tooMany.measures': {
    zh: '{list}里有{count}条措施；超过{most}条就没有人能审阅，请拆成几份文件',
    en: '{list} has {count} measures; more than {most} cannot be reviewed: split the file',
  },
  'id.measure': {
    zh: '“{id}”不能用作措施的id；请用字母、数字和“-”',
    en: '"{id}" is no measure id; use letters, digits and "-"',
  },
  'duplicate.measure': {
    zh: '措施“{id}”出现了两次；说明理由时要提到它，请各用各的id',
    en: 'measure "{id}" is there twice; reasons name it, so give each its own id',
  },
  unknownMeasure: {
    zh: '“{id}”写着优先于“{other}”，而{list}里没有这样一条别的措施；请改成里面有的',
    en: '"{id}" stands over "{other}", which is no other measure of {list}; name one that is',
  },
  rooms: {
    zh: '“{id}”的内容由其他部门执行；请写[{rooms}]',
    en: 'what "{id}" says is acted on by other rooms; write [{rooms}]',
  },
  'rooms.missing': {
    zh: '“{id}”没有写由谁执行；请加上rooms: [{rooms}]',
    en: '"{id}" does not say who acts on it; add rooms: [{rooms}]',
  },
  'empty.when': {
    zh: 'when是空的；对所有人都适用的措施请不写when',
    en: 'when is empty; leave it out for a measure that always applies',
  },
  'empty.fact': {
    zh: '{fact}没有列出任何值，这条措施对谁都不适用；请写一个值，或删去这一项',
    en: '{fact} lists no value, so the measure could never apply; name one, or leave it out',
  },
  'missing.then': {
    zh: '“{id}”什么也不改变；请在then下写出如何安排',
    en: '"{id}" changes nothing; say what follows under then',
  },
  'empty.then': {
    zh: 'then是空的，这条措施什么也不改变；请写出如何安排',
    en: 'then is empty, so the measure changes nothing; say what follows',
  },
  neverBlock: {
    zh: '“{id}”以{grounds}为条件，这只能决定去哪里、怎么去，不能决定能不能看、多久能看；请去掉{what}，或另写一条不以此为条件的措施',
    en: '"{id}" asks for {grounds}, which may choose where and how, never whether or how soon; take {what} out of it, or write it as a measure of its own that asks for neither',
  },
  service: {
    zh: '科室要和地点一起写；请同时写venue',
    en: 'a service goes with its venue; write venue as well',
  },
  circle: {
    zh: '{circle}：替代绕了一圈又回到起点；请让最后一个不再有替代',
    en: '{circle} leads back to where it began; let the last one stand without a stand-in',
  },
  'empty.links': {
    zh: 'links没有写任何一步；请写一步，或删去links',
    en: 'links names no step; name one, or leave links out',
  },
  'empty.step': {
    zh: '{step}是空的；请写owner或within',
    en: '{step} says nothing; add owner or within',
  },
  'empty.within': {
    zh: '{what}没有写病情分级；请写一个时长，或为每一级写一个',
    en: '{what} names no acuity; write one duration, or one for each acuity',
  },
  'missing.says': {
    zh: '“{id}”没有要求什么；请在says下写出数字',
    en: '"{id}" demands nothing; give its figures under says',
  },
  'empty.says': {
    zh: 'says是空的；请至少写一项',
    en: 'says is empty; give at least one figure',
  },
  'says.outside': {
    zh: '{what}写的是{value}；请写大于0、最多{most}的时长',
    en: '{what} is {value}; write more than 0 and at most {most}',
  },
  'says.order': {
    zh: '{what}：越急的不能等得越久（按急到缓依次为{minutes}分钟，未写的按常规）；请把更急的也写上',
    en: '{what}: whoever is more urgent must not wait longer (from most to least urgent: {minutes} min, ordinary figures where none is given); give the more urgent ones as well',
  },
  duration: {
    zh: '“{value}”不是时长；请写成“10 min”（单位可用s、min、h、d）',
    en: '"{value}" is no duration; write it as "10 min" (s, min, h or d)',
  },
  'duration.outside': {
    zh: '{what}写的是{value}；每一步都要有尽头，请写大于0、最多{days} d的时长',
    en: '{what} is {value}; every step has an end: more than 0 and at most {days} d',
  },
} as const satisfies Readonly<Record<string, Text>>;
