import { Flex, Select } from '@backstage/ui';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { entityOption } from '../../components/entityOption';
import { usePeople } from './usePeople';

/** Chooses people and teams of the catalog, which are found by words of their names. */
export function PeopleSelect(props: {
  label: string;
  refs: readonly string[];
  onChange: (refs: string[]) => void;
}) {
  const { label, refs, onChange } = props;
  const found = usePeople(['user', 'group']);
  return (
    <Flex direction="column" gap="2">
      <Select
        label={label}
        placeholder="People and teams"
        selectionMode="multiple"
        value={[...refs]}
        onChange={keys => onChange(keys.map(String))}
        search={{ mode: 'server', placeholder: 'Words of a name' }}
        items={found}
      >
        {entityOption}
      </Select>
      {found.error && (
        <UnderstandingError error={found.error} retry={found.reload} />
      )}
    </Flex>
  );
}
