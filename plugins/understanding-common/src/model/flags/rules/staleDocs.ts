import { DocumentState, FlagSeverity } from '../../../schemas';
import { FlagRule } from '../FlagRule';

const SEVERITY: Partial<Record<DocumentState, FlagSeverity>> = {
  contradicted: 'high',
  'changed-since': 'medium',
  missing: 'medium',
  overdue: 'low',
};

const REPAIR: Partial<Record<DocumentState, string>> = {
  contradicted:
    'Correct or remove the places named, where the text cites what is gone.',
  'changed-since':
    'Read the document beside what has changed since, and correct what no longer holds.',
  missing:
    'Write a README.md in its source path: what it does, how it can fail, whom to ask.',
  overdue: 'Read the document once more, and correct what no longer holds.',
};

export const staleDocs: FlagRule = {
  id: 'stale-docs',
  title: 'Stale documentation',
  description:
    'The documentation cannot be believed: it is contradicted, behind the code, overdue, or missing.',
  evaluate({ documents }) {
    if (documents.type === 'unknown' || documents.state === 'unknown') {
      return { type: 'unknown' };
    }
    const severity = SEVERITY[documents.state];
    const repair = REPAIR[documents.state];
    if (!severity || !repair) {
      return { type: 'clear' };
    }
    return {
      type: 'raised',
      severity,
      reasons: documents.reasons,
      repair: { message: repair },
    };
  },
};
