import { configApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider, mockApis } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import { useSwitches } from './useSwitches';

describe('useSwitches', () => {
  it.each([
    [{}, { names: true, departures: true }],
    [
      { simulations: { departures: false } },
      { names: true, departures: false },
    ],
    [{ people: { names: false } }, { names: false, departures: false }],
  ])('reads %j', (understanding, expected) => {
    const { result } = renderHook(() => useSwitches(), {
      wrapper: ({ children }) => (
        <TestApiProvider
          apis={[[configApiRef, mockApis.config({ data: { understanding } })]]}
        >
          {children}
        </TestApiProvider>
      ),
    });
    expect(result.current).toEqual(expected);
  });
});
