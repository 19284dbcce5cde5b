import { avelino2016 } from './avelino2016';
import { doe } from './doe';
import { jetbrains2023 } from './jetbrains2023';
import { Model } from './Model';

/** The published models by their names; our own is `Knowledge`. */
export const MODELS = {
  avelino2016,
  jetbrains2023,
  doe,
} satisfies Record<string, Model>;
