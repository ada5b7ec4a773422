package io.sluice.runner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates or of a key in PEM (RFC 7468). Immutable; its content is not in its text.
 */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private final Path file;
  private final List<Block> blocks;

  /** What stands between two lines. */
  private record Block(String label, String text) {
    byte[] bytes(Path file) throws IOException {
      try {
        return Base64.getMimeDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " is damaged: " + e.getMessage(), e);
      }
    }
  }

  private PemFile(Path file, List<Block> blocks) {
    this.file = file;
    this.blocks = blocks;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read or is no PEM
   */
  static PemFile read(Path file) throws IOException {
    String text = text(file);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return new PemFile(file, blocks);
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e, e);
    }
  }

  /** Its certificates in their order, at least one. */
  List<Certificate> certificates() throws IOException {
    List<Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.label().equals("CERTIFICATE")) {
          certificates.add(
              factory.generateCertificate(new ByteArrayInputStream(block.bytes(file))));
        }
      }
    } catch (CertificateException e) {
      throw new IOException(file + " holds a certificate that cannot be read", e);
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM");
    }
    return certificates;
  }

  /**
   * Its one private key.
   *
   * @param algorithm what the certificate's key is of, such as RSA, EC or EdDSA
   */
  PrivateKey privateKey(String algorithm) throws IOException {
    List<Block> keys =
        blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IOException(file + " holds " + keys.size() + " private keys in the place of one");
    }
    Block key = keys.get(0);
    if (!key.label().equals("PRIVATE KEY")) {
      throw new IOException(
          "%s holds an %s; make it plain with: openssl pkcs8 -topk8 -nocrypt -in %s"
              .formatted(file, key.label(), file));
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(key.bytes(file)));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no private key of the kind " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
