import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Combobox, ComboboxItemText } from '@backstage/ui';
import { KeyboardEvent, useDeferredValue } from 'react';
import { understandingTranslationRef } from '../../translation';
import { useSuggestions } from './useSuggestions';

/** A question, with what may be meant by it while it is typed. */
export function QuestionField(props: {
  question: string;
  /** What was asked last. */
  asked: string;
  onType: (text: string) => void;
  onAsk: (text: string) => void;
}) {
  const { question, asked, onType, onAsk } = props;
  const { t } = useTranslationRef(understandingTranslationRef);
  const { entries, loading } = useSuggestions(question, asked);

  const choose = (id: string) => {
    const query = entries.find(entry => entry.id === id)?.query;
    if (query !== undefined) {
      onAsk(query);
    }
  };
  const askOnEnter = (event: KeyboardEvent) => {
    const field = event.currentTarget as HTMLInputElement;
    // With an entry of the list in focus, Enter chooses that.
    if (event.key === 'Enter' && !field.getAttribute('aria-activedescendant')) {
      onAsk(field.value);
    }
  };
  // The kit closes its list when the value changes. Enter upon the last letter comes
  // before the list that the letter opens, so that the value changes after both.
  const value = useDeferredValue(asked) || null;

  return (
    <Combobox
      label={t('question.label')}
      placeholder={t('question.placeholder')}
      size="medium"
      allowsCustomValue
      menuTrigger="input"
      items={entries}
      loading={{ state: loading ? 'loading' : 'idle' }}
      search={{ mode: 'server', inputValue: question, onInputChange: onType }}
      value={value}
      onChange={id => id !== null && choose(String(id))}
      onKeyDown={askOnEnter}
    >
      {({ id, title, description, query }) => (
        <ComboboxItemText
          id={id}
          textValue={query ?? question}
          // What the kit has for descriptions is too faint in a list in the dark.
          title={description ? `${title}: ${description}` : title}
          isDisabled={query === undefined}
        />
      )}
    </Combobox>
  );
}
