import { Flex, Select } from '@backstage/ui';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { entityOption } from '../../components/entityOption';
import { usePeople } from './usePeople';

/** Chooses one person of the catalog, who is found by words of their name. */
export function PersonSelect(props: {
  label: string;
  /** Empty as long as nobody is chosen. */
  personRef: string;
  onChange: (personRef: string) => void;
}) {
  const { label, personRef, onChange } = props;
  const found = usePeople(['user']);
  return (
    <Flex direction="column" gap="2">
      <Select
        label={label}
        placeholder="A person"
        isRequired
        selectionMode="single"
        value={personRef || null}
        onChange={key => onChange(String(key))}
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
