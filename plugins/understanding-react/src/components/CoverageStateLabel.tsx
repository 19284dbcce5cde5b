import { Badge } from '@backstage/ui';
import {
  RiCheckDoubleLine,
  RiCheckLine,
  RiHandCoinLine,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import { CoverageState } from '@understanding-dev/backstage-plugin-understanding-common';

const LABELS: Record<CoverageState, { text: string; icon: JSX.Element }> = {
  none: { text: 'None', icon: <RiQuestionLine aria-hidden /> },
  described: { text: 'Described', icon: <RiCheckLine aria-hidden /> },
  tested: { text: 'Tested', icon: <RiCheckDoubleLine aria-hidden /> },
  'test-expired': { text: 'Test expired', icon: <RiTimeLine aria-hidden /> },
  accepted: { text: 'Accepted', icon: <RiHandCoinLine aria-hidden /> },
};

/**
 * Which answer there is for a condition of a dependency, in words and with an icon.
 * @public
 */
export function CoverageStateLabel(props: { state: CoverageState }) {
  const { text, icon } = LABELS[props.state];
  return <Badge icon={icon}>{text}</Badge>;
}
