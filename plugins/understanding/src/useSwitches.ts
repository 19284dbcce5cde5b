import { configApiRef, useApi } from '@backstage/core-plugin-api';

/** What this installation may have switched off. */
export function useSwitches(): {
  readonly names: boolean;
  readonly departures: boolean;
} {
  const config = useApi(configApiRef);
  const isOn = (key: string) =>
    config.getOptionalBoolean(`understanding.${key}`) ?? true;
  const names = isOn('people.names');
  // Departures name people.
  return { names, departures: names && isOn('simulations.departures') };
}
