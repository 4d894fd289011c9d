/** A family-doctor team of a community health centre, and the towns it serves. */
export interface Team {
  readonly id: string;
  /** The institution it belongs to, where the city knows it. */
  readonly centre?: string;
  readonly name: string;
  /** The number people are given; empty where none was entered. */
  readonly phone: string;
  readonly towns: readonly string[];
}
