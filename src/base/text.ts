/** Every sentence a person reads exists in both languages. */
export type Language = 'zh-CN' | 'en';
export interface Text {
  readonly zh: string;
  readonly en: string;
}
