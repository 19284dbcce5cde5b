import { Badge } from '@backstage/ui';
import { RiFlagFill, RiFlagLine } from '@remixicon/react';
import {
  FlagMark,
  flagRules,
} from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * An open finding: its rule and how severe it is.
 * @public
 */
export function FlagLabel(props: {
  flag: Pick<FlagMark, 'rule' | 'severity'>;
}) {
  const { rule, severity } = props.flag;
  const title = flagRules.find(one => one.id === rule)?.title ?? rule;
  const Icon = severity === 'high' ? RiFlagFill : RiFlagLine;
  return (
    <Badge icon={<Icon aria-hidden />} title={`Severity: ${severity}`}>
      {title}
    </Badge>
  );
}
