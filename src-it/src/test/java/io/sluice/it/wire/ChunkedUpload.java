package io.sluice.it.wire;

import io.sluice.it.harness.Hashes;
import io.sluice.it.harness.RawRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames bytes as aws-chunked, in each of the forms that S3 knows. Mutable; for one request. */
final class ChunkedUpload {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String TRAILER = "x-amz-checksum-crc32";

  private final RawRequest request;
  private final byte[] data;
  private final ByteArrayOutputStream framed = new ByteArrayOutputStream();
  private String previous = "";
  private String checksum;
  private boolean spoilLastSignature;
  private boolean spoilTrailerSignature;

  ChunkedUpload(RawRequest request, byte[] data) {
    this.request = request;
    this.data = data;
    this.checksum = Hashes.crc32Base64(data);
    request.header("content-encoding", "aws-chunked");
    request.header("x-amz-decoded-content-length", Integer.toString(data.length));
  }

  /** The trailer tells the checksum of other bytes. */
  ChunkedUpload withWrongChecksum() {
    checksum = Hashes.crc32Base64("other".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The chunk of length zero is signed wrongly; everything before it is right. */
  ChunkedUpload withWrongLastSignature() {
    spoilLastSignature = true;
    return this;
  }

  /** The trailer is signed wrongly. */
  ChunkedUpload withWrongTrailerSignature() {
    spoilTrailerSignature = true;
    return this;
  }

  /** Signed chunks and nothing after them. */
  RawRequest signed() {
    begin("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    signedChunks();
    text("\r\n");
    return request.body(framed.toByteArray());
  }

  /** Signed chunks, then a signed trailer with the checksum. */
  RawRequest signedWithTrailer() {
    request.header("x-amz-trailer", TRAILER);
    begin("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
    signedChunks();
    String line = TRAILER + ":" + checksum;
    String signature = request.signTrailer(previous, line + "\n");
    text(line + "\r\n");
    text("x-amz-trailer-signature:" + spoiled(signature, spoilTrailerSignature) + "\r\n\r\n");
    return request.body(framed.toByteArray());
  }

  /** Chunks without signatures, then the checksum. */
  RawRequest unsignedWithTrailer() {
    request.header("x-amz-trailer", TRAILER);
    begin("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    for (int from = 0; from < data.length; from += CHUNK_BYTES) {
      byte[] chunk = chunk(from);
      text(Integer.toHexString(chunk.length) + "\r\n");
      framed.writeBytes(chunk);
      text("\r\n");
    }
    text("0\r\n" + TRAILER + ":" + checksum + "\r\n\r\n");
    return request.body(framed.toByteArray());
  }

  /** What was framed, up to the middle of a chunk. */
  byte[] firstHalf() {
    return Arrays.copyOf(framed.toByteArray(), framed.size() / 2);
  }

  private void begin(String payloadHash) {
    previous = request.payloadHash(payloadHash).sign();
  }

  private void signedChunks() {
    for (int from = 0; from < data.length; from += CHUNK_BYTES) {
      byte[] chunk = chunk(from);
      previous = request.signChunk(previous, chunk);
      text(Integer.toHexString(chunk.length) + ";chunk-signature=" + previous + "\r\n");
      framed.writeBytes(chunk);
      text("\r\n");
    }
    previous = request.signChunk(previous, new byte[0]);
    text("0;chunk-signature=" + spoiled(previous, spoilLastSignature) + "\r\n");
  }

  private byte[] chunk(int from) {
    return Arrays.copyOfRange(data, from, Math.min(data.length, from + CHUNK_BYTES));
  }

  private static String spoiled(String signature, boolean spoil) {
    char last = signature.charAt(signature.length() - 1);
    return spoil
        ? signature.substring(0, signature.length() - 1) + (last == '0' ? '1' : '0')
        : signature;
  }

  private void text(String text) {
    framed.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
