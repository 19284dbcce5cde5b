import { Text } from '@backstage/ui';
import { useSwitches } from '../../useSwitches';

/** Why there are counts where names would be. */
export function NamesNotShown() {
  const { names } = useSwitches();
  return (
    <Text>
      {names
        ? 'To see names you need the permission understanding.person.read.'
        : 'This installation shows no names of people.'}
    </Text>
  );
}
