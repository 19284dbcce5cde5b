import type { CliIo } from './CliIo';
import type { Location } from './location';
import type { OptionValues } from './options';
import type { Paint } from './text';

/** What a command is called with. */
export interface CommandContext {
  readonly options: OptionValues;
  readonly operands: readonly string[];
  readonly location: Location;
  readonly io: CliIo;
  readonly signal: AbortSignal;
}

/** What a command found. */
export interface Answer {
  /** As JSON. */
  readonly json: object;
  /** The same for people, in lines. */
  lines(paint: Paint): string[];
  /** Why a bound is not met, in one line. */
  readonly unmet?: string;
}
