import fc from 'fast-check';
import { readServiceGraph } from './serviceGraph';

describe('readServiceGraph', () => {
  it('reads what the service graph connector exports', () => {
    expect(
      readServiceGraph(
        [
          '# HELP traces_service_graph_request_total Total count of requests',
          '# TYPE traces_service_graph_request_total counter',
          'traces_service_graph_request_total{client="cart",connection_type="",server="ledger"} 12',
          'traces_service_graph_request_total{server="ledger",client="cart",connection_type="messaging_system"} 3 1790000000000',
          'traces_service_graph_request_failed_total{client="cart",server="ledger"} 2',
          'traces_service_graph_request_server_seconds_bucket{client="cart",server="ledger",le="0.1"} 2',
          'traces_service_graph_request_total{client="a\\"b\\\\c",server="d,e}"} 1e3 # {trace_id="x"} 1',
          'up 1',
          '',
          '# EOF',
        ].join('\r\n'),
      ),
    ).toEqual({
      calls: [
        { client: 'cart', server: 'ledger', requests: 15 },
        { client: 'a"b\\c', server: 'd,e}', requests: 1000 },
      ],
    });
  });

  it.each([
    ['traces_service_graph_request_total 3', /labels client and server/],
    ['traces_service_graph_request_total{client="a"} 3', /labels client/],
    ['traces_service_graph_request_total{client="a",server=""} 3', /labels/],
    ['traces_service_graph_request_total{client="a",server="b"}', /a value/],
    ['traces_service_graph_request_total{client="a",server="b"} NaN', /is NaN/],
    ['traces_service_graph_request_total{client="a",server="b"} -1', /is -1/],
    ['traces_service_graph_request_total{client="a",server="b"} +Inf', /Inf/],
    ['traces_service_graph_request_total{client="a",server="b', /labels/],
  ])('names the line of %s', (line, problem) => {
    expect(readServiceGraph(`# HELP x\n\n${line}\n`)).toEqual({
      line: 3,
      problem: expect.stringMatching(problem),
    });
  });

  it('reads back any names that the format can carry', () => {
    const names = fc.string({ minLength: 1, unit: 'grapheme' });
    const escaped = (name: string) =>
      name.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
    fc.assert(
      fc.property(names, names, fc.nat(), (client, server, requests) => {
        expect(
          readServiceGraph(
            `traces_service_graph_request_total{client="${escaped(
              client,
            )}",server="${escaped(server)}"} ${requests}`,
          ),
        ).toEqual({ calls: [{ client, server, requests }] });
      }),
    );
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const read = readServiceGraph(
          `traces_service_graph_request_total${text}`,
        );
        expect('calls' in read || read.line).toBeTruthy();
      }),
    );
  });
});
