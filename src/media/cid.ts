// The CID of bytes as they go by.
import { bytesToMultibase } from '@atproto/crypto';

/** CID version 1, raw bytes, SHA-256 of 32 bytes. */
const RAW_SHA256 = [0x01, 0x55, 0x12, 0x20];

export class CidOfBytes {
  private readonly digest = new crypto.DigestStream('SHA-256');
  private readonly writer = this.digest.getWriter();

  constructor() {
    // Of bytes that broke off nobody asks.
    this.digest.digest.catch(() => undefined);
  }

  /** The bytes may be changed when this is done. */
  take(bytes: Uint8Array): Promise<void> {
    return this.writer.write(bytes);
  }

  /** Ends it. */
  async cid(): Promise<string> {
    await this.writer.close();
    return bytesToMultibase(new Uint8Array([...RAW_SHA256, ...new Uint8Array(await this.digest.digest)]), 'base32');
  }
}
