export * from './HostFact';
