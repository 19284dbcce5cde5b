import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { HttpBackend } from './HttpBackend';
import { readers } from './policy';

/** The services that are asked about, and whom nobody may name who may not see people. */
export const CART = 'component:default/cart';
export const LEDGER = 'component:default/ledger';
export const ADA = /Ada|user:default\/ada|ada@/;

/** Asks a back end as people do; by default as somebody who may do everything. */
export function httpApi(backend: () => HttpBackend) {
  const server = () => backend().server;
  const get = (path: string, reader: string = readers.everything) =>
    request(server())
      .get(`/api/understanding${path}`)
      .set('Authorization', mockCredentials.user.header(reader));
  const post = (
    path: string,
    body: unknown,
    reader: string = readers.everything,
  ) =>
    request(server())
      .post(`/api/understanding${path}`)
      .set('Authorization', mockCredentials.user.header(reader))
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  return { server, get, post };
}

export type HttpApi = ReturnType<typeof httpApi>;
