import type { Instant } from '../base/index.ts';
import { claimOf, type Claim } from './claims.ts';
import { evolve } from './evolve.ts';
import type { Command, JourneyEvent, Link, Story } from './story.ts';
import type { Told, World } from './world.ts';

/** A story being told: events are appended, and the story is always the one after the last of them. */
export class Telling {
  story: Story;
  /** A step that was running when it was planned anew: where it is still the same step, its deadline runs on. */
  running: Link | undefined;
  readonly world: World;
  readonly #events: JourneyEvent[];
  readonly #errands: Command[] = [];
  readonly #claims: Claim[] = [];

  constructor(story: Story, world: World, events: readonly JourneyEvent[] = []) {
    this.story = story;
    this.world = world;
    this.#events = [...events];
  }

  get at(): Instant {
    return this.world.at;
  }

  tell(event: JourneyEvent): void {
    const claim = claimOf(event);
    if (claim) this.#claims.push(claim);
    this.#events.push(event);
    this.story = evolve(this.story, event, this.at);
  }

  sendOnErrand(command: Command): void {
    this.#errands.push(command);
  }

  told(): Told {
    return { story: this.story, events: this.#events, claims: this.#claims, errands: this.#errands };
  }
}
