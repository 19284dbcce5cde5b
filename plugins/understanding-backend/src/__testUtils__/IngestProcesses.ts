import { HookRequest } from '@understanding-dev/backstage-plugin-understanding-node';
import createKnex, { Knex } from 'knex';
import { ChildProcess, spawn } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { migrateUp } from '../database/migrations';
import { EntityStore } from '../features/entities/EntityStore';
import { HOST, hostChange, merged } from './changes';
import { IngestProcessOptions } from './ingestProcess';
import { StandInHost } from './StandInHost';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const PROGRAM = resolve(__dirname, 'ingestProcess.ts');
const AT = '2026-05-20T10:00:00.000Z';
/** Repositories, each with a service of its own, over which deliveries are spread. */
const REPOSITORIES = 50;

/** So long nothing may move before it is taken for the end. */
const PATIENCE_SECONDS = 60;

/** What became of deliveries after all that happened to the processes. */
export interface IngestOutcome {
  /** Deliveries that were answered 202. */
  readonly acknowledged: number;
  /** Attempts of the sender, repetitions included. */
  readonly attempts: number;
  /** Acknowledged, but without effect. */
  readonly lost: number;
  /** Effects beyond one for each delivery. */
  readonly duplicated: number;
  /** Not done at the end. */
  readonly unsettled: number;
}

/**
 * Back ends that are killed while a host delivers to them. Each delivery tells of one
 * merged change, so that its effect can be counted: one change, and one more that its
 * author is known to have made. The host repeats what was not acknowledged.
 */
export class IngestProcesses {
  readonly #database: Knex.Config;
  readonly #hostUrl: string | undefined;
  readonly #knex: Knex;
  readonly #host = new StandInHost();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #acknowledged = new Set<number>();
  readonly #children: Array<{ child: ChildProcess; port: number }> = [];
  readonly #ports: number[] = [];
  #attempts = 0;
  #turn = 0;

  /** @param hostUrl - where a host answers, which lets checks be written as well */
  static async create(
    database: Knex.Config,
    hostUrl?: string,
  ): Promise<IngestProcesses> {
    const processes = new IngestProcesses(database, hostUrl);
    await migrateUp(processes.#knex);
    const entities = EntityStore.create({ knex: processes.#knex });
    await entities.write(
      processes.#knex,
      Array.from({ length: REPOSITORIES }, (_, index) => ({
        entity: {
          entityRef: `component:default/s${index}`,
          kind: 'component' as const,
          namespace: 'default',
          name: `s${index}`,
          title: `s${index}`,
          example: false,
          explanations: 'always' as const,
          gate: 'blocking' as const,
          sourcePaths: [],
          docs: [],
        },
        source: { type: 'unknown' as const, reason: 'It is not needed here' },
        hostSource: { host: HOST, repository: `acme/r${index}`, paths: [''] },
        edges: [],
      })),
      AT,
    );
    return processes;
  }

  private constructor(database: Knex.Config, hostUrl?: string) {
    this.#database = database;
    this.#hostUrl = hostUrl;
    this.#knex = createKnex(database);
  }

  /** Starts one more process; resolves when it listens. */
  async start(port?: number): Promise<number> {
    const chosen = port ?? (await freePort());
    const options: IngestProcessOptions = {
      port: chosen,
      database: this.#database,
      hostUrl: this.#hostUrl,
    };
    const child = spawn(
      process.execPath,
      ['--require', TRANSFORM, PROGRAM, JSON.stringify(options)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await new Promise<void>((done, fail) => {
      child.stdout.once('data', () => done());
      child.once('close', () => fail(new Error('The process did not start')));
    });
    this.#children.push({ child, port: chosen });
    if (!this.#ports.includes(chosen)) {
      this.#ports.push(chosen);
    }
    return chosen;
  }

  /**
   * Kills the oldest process, as a machine that loses its power does.
   *
   * @returns where it listened
   */
  async kill(): Promise<number | undefined> {
    const oldest = this.#children.shift();
    if (oldest) {
      const ended = new Promise(done => oldest.child.once('close', done));
      oldest.child.kill('SIGKILL');
      await ended;
    }
    return oldest?.port;
  }

  /** Kills and starts a process again and again, each time a random while later. */
  async killAgainAndAgain(
    times: number,
    aliveMillis: () => number,
  ): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await sleep(aliveMillis());
      await this.start(await this.kill());
    }
  }

  /**
   * Delivers, some at a time, and repeats each delivery until it is acknowledged. Goes
   * on with further deliveries while `more` says so.
   *
   * @returns how many milliseconds each acknowledged attempt took
   */
  async deliver(options: {
    atOnce: number;
    more: (delivered: number) => boolean;
  }): Promise<number[]> {
    let next = this.#acknowledged.size;
    const taken: number[] = [];
    const sendOn = async () => {
      while (options.more(next)) {
        const number = next;
        next += 1;
        for (;;) {
          const begun = performance.now();
          this.#attempts += 1;
          const status = await this.#post(number).catch(() => 0);
          if (status === 202) {
            this.#acknowledged.add(number);
            taken.push(performance.now() - begun);
            break;
          }
          await sleep(20);
        }
      }
    };
    await Promise.all(Array.from({ length: options.atOnce }, sendOn));
    return taken;
  }

  /** Waits until nothing is pending, and counts. */
  async outcome(): Promise<IngestOutcome> {
    const pending = async () =>
      Number(
        (
          await this.#knex('inbox')
            .where({ state: 'pending' })
            .count({ n: '*' })
        )[0].n,
      );
    // What a killed process had in hand comes back when its lease has ended.
    for (let wait = 0, last = Infinity; wait < PATIENCE_SECONDS; wait += 1) {
      const now = await pending();
      if (now === 0) {
        break;
      }
      wait = now < last ? 0 : wait;
      last = now;
      await sleep(1000);
    }
    const changes: Array<{ number: number }> = await this.#knex(
      'changes',
    ).select('number');
    const known = new Set(changes.map(change => change.number));
    const [{ total }] = await this.#knex('evidence')
      .where({ kind: 'authored' })
      .sum({ total: 'count' });
    const [{ stored }] = await this.#knex('inbox').count({ stored: '*' });
    const acknowledged = [...this.#acknowledged];
    return {
      acknowledged: acknowledged.length,
      attempts: this.#attempts,
      lost: acknowledged.filter(number => !known.has(number)).length,
      duplicated: Math.max(
        Number(total) - changes.length,
        Number(stored) - changes.length,
        0,
      ),
      unsettled: await pending(),
    };
  }

  async dispose(): Promise<void> {
    while (this.#children.length > 0) {
      await this.kill();
    }
    this.#agent.destroy();
    await this.#knex.destroy();
  }

  /** How many deliveries were acknowledged until now. */
  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** The delivery of that number, with a description of so many characters. */
  requestOf(number: number, characters = 0): HookRequest {
    const change = merged(
      hostChange(number, {
        repository: `acme/r${number % REPOSITORIES}`,
        description: 'x'.repeat(characters),
      }),
    );
    return this.#host.request(
      [{ type: 'change', change }],
      `delivery-${number}`,
    );
  }

  #post(number: number): Promise<number | undefined> {
    return this.post(this.requestOf(number));
  }

  /** Delivers to each process in turn; tells the status of the answer. */
  post({ headers, body }: HookRequest): Promise<number | undefined> {
    this.#turn += 1;
    return new Promise((done, fail) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#ports[this.#turn % this.#ports.length],
          path: '/hooks/standin',
          method: 'POST',
          headers: { ...headers, 'content-length': body.length },
          agent: this.#agent,
          timeout: 10_000,
        },
        response => {
          response.resume();
          response.once('end', () => done(response.statusCode));
          response.once('error', fail);
        },
      );
      sent.once('timeout', () => sent.destroy(new Error('No answer')));
      sent.once('error', fail);
      sent.end(body);
    });
  }
}

function sleep(millis: number): Promise<void> {
  return new Promise(done => setTimeout(done, millis));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}
