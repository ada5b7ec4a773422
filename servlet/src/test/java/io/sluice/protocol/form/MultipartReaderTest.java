package io.sluice.protocol.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delimiters found wherever the stream is cut, and nothing else taken for one. */
class MultipartReaderTest {
  private static final String HEAD =
      "--bound\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";

  /** Data of what delimiters are made of, and no delimiter. */
  @Provide
  Arbitrary<String> data() {
    return Arbitraries.of(
            "\r",
            "\n",
            "\r\n",
            "-",
            "--",
            "\r\n--boun",
            "\r\n--bounx",
            "\r\n--boundX",
            "--bound",
            "\r\n--bound-x",
            "--bound--x",
            "\r\n--bound \r",
            "\n--bound\n",
            "x",
            "\u00e9")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces))
        .filter(MultipartReaderTest::holdsNoDelimiter);
  }

  private static boolean holdsNoDelimiter(String data) {
    return !("\r\n" + data + "\r\n").matches("(?s).*\\r\\n--bound(--|[ \\t]*\\r\\n).*");
  }

  @Property(tries = 2000)
  void whatIsSentIsRead(
      @ForAll("data") String first, @ForAll("data") String second, @ForAll long seed)
      throws IOException {
    byte[] body =
        FormBytes.bytes(HEAD + first + "\r\n" + HEAD + second + "\r\n--bound--\r\nepilogue");
    assertThat(parts(FormBytes.pieces(body, seed))).containsExactly(first, second);
    assertThat(parts(new ByteArrayInputStream(body))).containsExactly(first, second);
  }

  @Property(tries = 500)
  void whatIsCutOffNeverEnds(@ForAll("data") String data, @ForAll long seed) {
    byte[] body = FormBytes.bytes(HEAD + data + "\r\n--bound--");
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> parts(FormBytes.pieces(cut, seed)))
          .as("%d of %d", cut.length, body.length)
          .isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void dataOfManyBuffersIsWhole() throws IOException {
    String data = "\r\n--boun\r\r\n-".repeat(40_000);
    byte[] body = FormBytes.bytes(HEAD + data + "\r\n--bound--");
    assertThat(parts(new ByteArrayInputStream(body))).containsExactly(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preamble\r\n--bound\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--bound--",
        "--bound \t \r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--bound-- \r\n",
        "--bound\r\ncontent-disposition:form-data ;\r\n name=a;\r\n\r\nx\r\n--bound--\n",
        "--bound\r\nContent-Disposition: Form-Data; Name=\"A\"\r\n\r\nx\r\n--bound--\r\n--bound--",
      })
  void aPartMayBeWrittenSo(String body) throws IOException {
    assertThat(parts(new ByteArrayInputStream(FormBytes.bytes(body)))).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no boundary",
        "--bound\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--bound--x\r\n--bound--",
        "--boun",
        "--bound\r\nContent-Disposition: form-data; name=a\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: form-data\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Type: text/plain\r\n\r\nx\r\n--bound--",
        "--bound\r\n folded: first\r\n\r\nx\r\n--bound--",
        "--bound\r\nContent-Disposition: form-data; name=a\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--bound--",
      })
  void whatIsNoFormIsRefused(String body) {
    assertThatThrownBy(() -> parts(new ByteArrayInputStream(FormBytes.bytes(body))))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.code()).isEqualTo(S3ErrorCode.MALFORMED_POST_REQUEST));
  }

  @Test
  void headersHaveALimit() {
    byte[] body = FormBytes.bytes("--bound\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
    assertThatThrownBy(() -> parts(new ByteArrayInputStream(body))).isInstanceOf(S3Exception.class);
  }

  private static List<String> parts(InputStream in) throws IOException {
    MultipartReader reader = new MultipartReader(in, FormBytes.BOUNDARY);
    List<String> parts = new ArrayList<>();
    while (reader.next(1000) != null) {
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      byte[] buffer = new byte[7];
      for (int count = 0; count >= 0; count = reader.read(buffer, 0, buffer.length)) {
        part.write(buffer, 0, count);
      }
      parts.add(part.toString(StandardCharsets.UTF_8));
    }
    reader.drain(1000);
    return parts;
  }
}
