import { explanationStateSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { screen } from '@testing-library/react';
import { SYSTEMS } from '../__testUtils__/systems';
import {
  ExplanationStateLabel,
  explanationStateNames,
} from './ExplanationStateLabel';

describe.each(SYSTEMS)(
  'ExplanationStateLabel, %s front-end system',
  (_, { render }) => {
    it.each(explanationStateSchema.options)(
      'says that it is %s, each in words of its own',
      async state => {
        await render(<ExplanationStateLabel state={state} />);
        expect(screen.getByText(explanationStateNames[state])).toBeVisible();
        expect(new Set(Object.values(explanationStateNames)).size).toBe(
          explanationStateSchema.options.length,
        );
      },
    );
  },
);
