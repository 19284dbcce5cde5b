export interface Config {
  understanding?: {
    people?: {
      /**
       * Whether names of people are shown to anybody but themselves. Default: true.
       *
       * @visibility frontend
       */
      names?: boolean;
    };
    simulations?: {
      /**
       * Whether it can be asked what falls when people leave. Default: true.
       *
       * @visibility frontend
       */
      departures?: boolean;
    };
  };
}
