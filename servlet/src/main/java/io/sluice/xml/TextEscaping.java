package io.sluice.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Locale;
import org.codehaus.stax2.io.EscapingWriterFactory;
import org.jspecify.annotations.Nullable;

/**
 * Escapes text as S3 does: characters that XML 1.0 forbids, and carriage returns, become numeric
 * references instead of an error, since keys may hold any of them. Stateless, thread-safe.
 */
final class TextEscaping implements EscapingWriterFactory {
  @Override
  public Writer createEscapingWriterFor(Writer out, String encoding) {
    return new EscapingWriter(out);
  }

  @Override
  public Writer createEscapingWriterFor(OutputStream out, String encoding) {
    return new EscapingWriter(new OutputStreamWriter(out, Charset.forName(encoding)));
  }

  /** Passes text on, escaped. Confined to one thread. */
  private static final class EscapingWriter extends Writer {
    private final Writer out;

    EscapingWriter(Writer out) {
      this.out = out;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      int plain = offset;
      int end = offset + length;
      for (int i = offset; i < end; i++) {
        String escape = escape(text[i]);
        if (escape != null) {
          out.write(text, plain, i - plain);
          out.write(escape);
          plain = i + 1;
        }
      }
      out.write(text, plain, end - plain);
    }

    /** What stands for a character; null when it stands for itself. */
    private static @Nullable String escape(char c) {
      if (c >= 0x20 && c < 0xFFFE) {
        return switch (c) {
          case '&' -> "&amp;";
          case '<' -> "&lt;";
          case '>' -> "&gt;";
          case '"' -> "&quot;";
          default -> null;
        };
      }
      return c == '\n' || c == '\t'
          ? null
          : "&#x" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ";";
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
