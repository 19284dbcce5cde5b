import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { understandingTranslationRef } from '../../translation';
import { useSwitches } from '../../useSwitches';

/** Why there are counts where names would be. */
export function NamesNotShown() {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { names } = useSwitches();
  return <Text>{names ? t('people.withoutNames') : t('people.namesOff')}</Text>;
}
