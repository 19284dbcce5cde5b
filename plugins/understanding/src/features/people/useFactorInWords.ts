import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AbsenceFactor } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingTranslationRef } from '../../translation';

/** Tells an absence factor with what it means. */
export function useFactorInWords(): (factor: AbsenceFactor) => string {
  const { t } = useTranslationRef(understandingTranslationRef);
  return ({ factor, files, coverageAtStop }) =>
    factor === 0
      ? t('absenceFactor.nobody', { files })
      : t('absenceFactor.people', {
          count: factor,
          share: Math.round(100 * coverageAtStop),
          files,
        });
}
