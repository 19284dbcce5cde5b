import { useApi } from '@backstage/core-plugin-api';
import { Select } from '@backstage/ui';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import { entityOption } from '../../components/entityOption';

const PAUSE_MILLIS = 250;

/** Chooses entities, which are found by words. */
export function EntitiesSelect(props: {
  entityRefs: readonly string[];
  onChange: (entityRefs: string[]) => void;
}) {
  const { entityRefs, onChange } = props;
  const api = useApi(understandingApiRef);
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  useDebounce(() => setAsked(words), PAUSE_MILLIS, [words]);
  const chosen = useAsync(
    async () =>
      entityRefs.length > 0
        ? (await api.getEntitiesByRefs({ entityRefs: [...entityRefs] })).items
        : [],
    [api, entityRefs.join(' ')],
  );
  const found = useAsync(
    async () => (await api.listEntities({ q: asked, limit: 50 })).items,
    [api, asked],
  );
  const titles = new Map<string, string>(entityRefs.map(ref => [ref, ref]));
  for (const summary of [...(chosen.value ?? []), ...(found.value ?? [])]) {
    if (summary) {
      titles.set(summary.entityRef, summary.title);
    }
  }
  return (
    <Select
      label="Entities"
      selectionMode="multiple"
      isRequired
      value={[...entityRefs]}
      onChange={keys => onChange(keys.map(String))}
      search={{
        mode: 'server',
        inputValue: words,
        onInputChange: setWords,
        placeholder: 'Words of its name',
      }}
      items={[...titles].map(([id, title]) => ({ id, title }))}
    >
      {entityOption}
    </Select>
  );
}
