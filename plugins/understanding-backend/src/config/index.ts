export {
  type UnderstandingConfig,
  readUnderstandingConfig,
} from './readUnderstandingConfig';
