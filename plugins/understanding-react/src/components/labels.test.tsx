import {
  CoverageState,
  DocumentState,
  FlagRuleId,
  flagSeveritySchema,
  freshnessSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { screen } from '@testing-library/react';
import { SYSTEMS } from '../__testUtils__/systems';
import { CoverageStateLabel } from './CoverageStateLabel';
import { DocumentStateLabel } from './DocumentStateLabel';
import { ExampleLabel } from './ExampleLabel';
import { FlagLabel } from './FlagLabel';
import { FreshnessLabel } from './FreshnessLabel';

const DOCUMENT_STATES: Record<DocumentState, string> = {
  fresh: 'Fresh',
  'changed-since': 'Changed since',
  contradicted: 'Contradicted',
  overdue: 'Overdue',
  missing: 'Missing',
  unknown: 'Unknown',
};
const COVERAGE: Record<CoverageState, string> = {
  none: 'None',
  described: 'Described',
  tested: 'Tested',
  'test-expired': 'Test expired',
  accepted: 'Accepted',
};
const FLAGS: Record<FlagRuleId, string> = {
  'expiring-assumption': 'Expiring assumption',
  'no-owner': 'No owner',
  'stale-docs': 'Stale documentation',
  'thin-understanding': 'Thin understanding',
  'unanswered-dependency': 'Unanswered dependency',
  'unprevented-failure': 'Unprevented failure',
  'undeclared-dependency': 'Undeclared dependency',
  'unseen-dependency': 'Unseen dependency',
};

function keys<T extends object>(record: T) {
  return Object.keys(record) as (keyof T)[];
}

describe.each(SYSTEMS)('labels in the %s front-end system', (_, { render }) => {
  it.each(keys(DOCUMENT_STATES))('say the document state %s', async state => {
    await render(<DocumentStateLabel state={state} />);
    expect(screen.getByText(DOCUMENT_STATES[state])).toBeVisible();
  });

  it.each(keys(COVERAGE))('say the state of an answer, %s', async state => {
    await render(<CoverageStateLabel state={state} />);
    expect(screen.getByText(COVERAGE[state])).toBeVisible();
  });

  it.each(freshnessSchema.options)('say that it is %s', async freshness => {
    await render(<FreshnessLabel freshness={freshness} />);
    expect(screen.getByText(freshness)).toBeVisible();
  });

  it.each(keys(FLAGS))('say what the rule %s finds', async rule => {
    await render(<FlagLabel flag={{ rule, severity: 'medium' }} />);
    expect(screen.getByText(FLAGS[rule])).toBeVisible();
  });

  it.each(flagSeveritySchema.options)(
    'say that a flag is of severity %s',
    async severity => {
      await render(<FlagLabel flag={{ rule: 'no-owner', severity }} />);
      expect(screen.getByTitle(`Severity: ${severity}`)).toHaveTextContent(
        'No owner',
      );
    },
  );

  it('say that something is an example', async () => {
    await render(<ExampleLabel />);
    expect(screen.getByText('Example')).toBeVisible();
  });

  it('hide their icons from screen readers', async () => {
    await render(
      <>
        <DocumentStateLabel state="overdue" />
        <FlagLabel flag={{ rule: 'no-owner', severity: 'high' }} />
      </>,
    );
    expect(screen.getByText('Overdue')).toBeVisible();
    expect(screen.queryByRole('img')).toBeNull();
  });
});
