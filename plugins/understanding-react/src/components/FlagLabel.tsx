import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from '@backstage/ui';
import { RiFlagFill, RiFlagLine } from '@remixicon/react';
import {
  FlagMark,
  flagRules,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingReactTranslationRef } from '../translation';

/**
 * An open finding: its rule and how severe it is.
 * @public
 */
export function FlagLabel(props: {
  flag: Pick<FlagMark, 'rule' | 'severity'>;
}) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { rule, severity } = props.flag;
  const title = flagRules.find(one => one.id === rule)?.title ?? rule;
  const Icon = severity === 'high' ? RiFlagFill : RiFlagLine;
  return (
    <Badge icon={<Icon aria-hidden />} title={t(`severity.${severity}`)}>
      {title}
    </Badge>
  );
}
