import { t, type Code } from '../words.ts';
import { h, icon, type Child } from './dom.ts';

/** What is wrong with which field; the field's name is also the id the error summary leads to. */
export type Errors = Readonly<Record<string, string>>;

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: string;
  /** Stands alone: choosing it takes the others away (`none of these`). */
  readonly alone?: boolean;
}

interface Base {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

const describedBy = ({ name, hint, error }: Base): string | undefined =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;

const notes = ({ name, hint, error }: Base): Child[] => [
  hint && h('p', { class: 'hint', id: `${name}-hint` }, hint),
  error && h('p', { class: 'error', id: `${name}-error` }, h('span', { class: 'only-heard' }, `${t('form.error')} `), error),
];

/** A group of choices: one (`radio`) or several (`checkbox`). `plain`: the question stands above as the page's heading. */
export function choices(field: Base & {
  readonly kind: 'radio' | 'checkbox';
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly plain?: boolean;
  readonly row?: boolean;
}): HTMLElement {
  const { name, kind, options, chosen } = field;
  const inputs = options.map(({ value, alone }, index) => {
    const input = h('input', {
      type: kind, name, value, id: index === 0 ? name : `${name}-${value}`, checked: chosen.includes(value),
      'aria-describedby': options[index]!.hint && `${name}-${value}-hint`,
    });
    input.addEventListener('change', () => {
      if (kind === 'checkbox' && input.checked) {
        for (const [other, option] of inputs.map((each, i) => [each, options[i]!] as const)) {
          if (other !== input && (alone || option.alone)) other.checked = false;
        }
      }
      field.onChange(inputs.filter((each) => each.checked).map((each) => each.value));
    });
    return input;
  });
  return h('fieldset', { class: field.error ? 'field field-wrong' : 'field', 'aria-describedby': describedBy(field) },
    h('legend', { class: field.plain ? 'only-heard' : 'legend' }, field.label),
    notes(field),
    h('div', { class: field.row ? 'choices choices-row' : 'choices' }, options.map((option, index) =>
      h('label', { class: option.alone ? 'choice choice-alone' : 'choice' },
        inputs[index],
        option.icon && icon(option.icon),
        h('span', {}, option.label,
          option.hint && h('span', { class: 'choice-hint', id: `${name}-${option.value}-hint` }, option.hint))))),
  );
}

export interface TextField extends Base {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'tel';
  readonly autocomplete?: string;
  readonly width?: 'short' | 'full';
  readonly maxlength?: number;
  readonly type?: string;
}

export function textField(field: TextField): HTMLElement {
  const input = h('input', {
    class: field.width === 'short' ? 'text text-short' : 'text', id: field.name, name: field.name, type: field.type ?? 'text',
    value: field.value, inputmode: field.inputmode, autocomplete: field.autocomplete ?? 'off', maxlength: field.maxlength ?? 200,
    'aria-describedby': describedBy(field), 'aria-invalid': field.error ? 'true' : undefined,
  });
  input.addEventListener('input', () => field.onInput(input.value));
  return wrap(field, input);
}

export function textArea(field: TextField): HTMLElement {
  const input = h('textarea', {
    class: 'text', id: field.name, name: field.name, rows: 3, maxlength: field.maxlength ?? 500, autocomplete: 'off',
    'aria-describedby': describedBy(field),
  }, field.value);
  input.addEventListener('input', () => field.onInput(input.value));
  return wrap(field, input);
}

export function selectField(field: Base & {
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}): HTMLElement {
  const select = h('select', { class: 'text', id: field.name, name: field.name, 'aria-describedby': describedBy(field), 'aria-invalid': field.error ? 'true' : undefined },
    field.options.map(({ value, label }) => h('option', { value, selected: value === field.value }, label)));
  select.addEventListener('change', () => field.onChange(select.value));
  return wrap(field, select);
}

function wrap(field: Base, control: HTMLElement): HTMLElement {
  return h('div', { class: field.error ? 'field field-wrong' : 'field' },
    h('label', { class: 'legend', for: field.name }, field.label), notes(field), control);
}

/** Everything that is wrong at once, each leading to its field. The page moves the focus here. */
export function errorSummary(errors: Errors): HTMLElement | undefined {
  const entries = Object.entries(errors);
  if (entries.length === 0) return undefined;
  return h('div', { class: 'error-summary', role: 'alert', tabindex: -1, id: 'error-summary' },
    h('h2', {}, t('form.problem')),
    h('ul', {}, entries.map(([name, sentence]) => h('li', {}, h('a', {
      href: `#${name}`,
      click: (event) => {
        event.preventDefault();
        document.getElementById(name)?.focus();
      },
    }, sentence)))));
}

export function button(label: string, click: () => void, kind: 'primary' | 'plain' | 'grave' = 'plain'): HTMLButtonElement {
  return h('button', { type: 'button', class: `button button-${kind}`, click }, label);
}

export const options = (values: readonly string[], vocabulary: string): Option[] =>
  values.map((value) => ({ value, label: t(`${vocabulary}.${value}` as Code) }));
