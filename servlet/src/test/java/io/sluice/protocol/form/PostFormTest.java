package io.sluice.protocol.form;

import static io.sluice.protocol.form.FormBytes.field;
import static io.sluice.protocol.form.FormBytes.file;
import static io.sluice.protocol.form.FormBytes.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a form is, up to its file and behind it. */
class PostFormTest {
  private static PostForm read(byte[] body) throws IOException {
    return PostForm.read(new ByteArrayInputStream(body), FormBytes.BOUNDARY);
  }

  private static String content(PostForm form) throws IOException {
    try (InputStream file = form.file(0, 1000)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static S3Exception refused(byte[] body) {
    return refused(body, 0, 1000);
  }

  private static S3Exception refused(byte[] body, long minBytes, long maxBytes) {
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class, () -> read(body).file(minBytes, maxBytes).readAllBytes());
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void fieldsAreReadUpToTheFile() throws IOException {
    PostForm form =
        read(
            lines(
                field("KEY", "a/${filename}"),
                field("x-amz-meta-Name", "\u00fc\r\n--x"),
                field("empty", ""),
                file("content\r\n"),
                field("acl", "ignored"),
                "--bound--",
                "epilogue"));
    assertThat(form.fields())
        .containsExactly(
            Map.entry("key", "a/f.txt"),
            Map.entry("x-amz-meta-name", "\u00fc\r\n--x"),
            Map.entry("empty", ""));
    assertThat(content(form)).isEqualTo("content\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filename=\"a b.txt\" | a b.txt",
        "filename=plain.txt | plain.txt",
        "filename=\"C:\\dir\\win.txt\" | win.txt",
        "filename=\"/home/me/unix.txt\" | unix.txt",
        "filename=\"say \\\"x\\\";.txt\" | say \"x\";.txt",
        "filename=\"\u00fc.txt\" | \u00fc.txt",
        "filename*=UTF-8''%c3%bc%20x.txt | \u00fc x.txt",
        "x=y | ''",
      })
  void theNameOfTheFileIsItsLastSegment(String parameter, String name) throws IOException {
    PostForm form =
        read(
            lines(
                field("key", "${filename}"),
                "--bound",
                "Content-Disposition: form-data; name=file; " + parameter,
                "",
                "content",
                "--bound--"));
    assertThat(form.get("key")).isEqualTo(name);
    assertThat(content(form)).isEqualTo("content");
  }

  @Test
  void exactlyOneFileMustBeThere() {
    S3Exception none = refused(lines(field("key", "a"), "--bound--"));
    assertThat(none.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(none.message()).isEqualTo("POST requires exactly one file upload per request.");
    assertThat(refused(lines(file("a"), file("b"), "--bound--")).code())
        .isEqualTo(S3ErrorCode.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST);
  }

  @Test
  void aFieldIsThereOnce() {
    S3Exception twice = refused(lines(field("key", "a"), field("Key", "b"), file(""), "--bound--"));
    assertThat(twice.code()).isEqualTo(S3ErrorCode.INVALID_ARGUMENT);
    assertThat(twice.details()).containsEntry("ArgumentName", "key");
  }

  @Test
  void theFieldsBeforeTheFileHaveALimit() throws IOException {
    String most = "x".repeat(20 * 1024 - 3);
    assertThat(content(read(lines(field("key", most), file("a"), "--bound--")))).isEqualTo("a");
    byte[] longer = lines(field("key", most + "x"), file("a"), "--bound--");
    byte[] more = lines(field("key", most), field("k", ""), file("a"), "--bound--");
    assertThat(refused(longer).code()).isEqualTo(S3ErrorCode.MAX_POST_PRE_DATA_LENGTH_EXCEEDED);
    assertThat(refused(more).code()).isEqualTo(S3ErrorCode.MAX_POST_PRE_DATA_LENGTH_EXCEEDED);
  }

  @Test
  void whatIsNeitherNameNorValueIsLimitedToo() {
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      parts.append(
          field("n" + i, "").replace("\r\n\r\n", "\r\nX: " + "y".repeat(7000) + "\r\n\r\n"));
      parts.append("\r\n");
    }
    assertThat(refused(lines(parts + file("a"), "--bound--")).code())
        .isEqualTo(S3ErrorCode.MAX_POST_PRE_DATA_LENGTH_EXCEEDED);
  }

  @Test
  void theFileHasTheLengthThatItMay() {
    byte[] five = lines(file("12345"), "--bound--");
    assertThat(refused(five, 6, 10).code()).isEqualTo(S3ErrorCode.ENTITY_TOO_SMALL);
    S3Exception large = refused(five, 0, 4);
    assertThat(large.code()).isEqualTo(S3ErrorCode.ENTITY_TOO_LARGE);
    assertThat(large.details()).containsEntry("MaxSizeAllowed", "4");
  }

  @Test
  void aLengthAtItsLimitsIsFine() throws IOException {
    PostForm form = read(lines(file("12345"), "--bound--"));
    try (InputStream file = form.file(5, 5)) {
      assertThat(file.readAllBytes()).hasSize(5);
      assertThat(file.read()).isEqualTo(-1);
    }
  }

  @Test
  void theFileEndsOnlyWithTheForm() {
    assertThat(refused(lines(file("12345"))).code()).isEqualTo(S3ErrorCode.MALFORMED_POST_REQUEST);
    assertThat(refused(lines(file("12345"), "--bound", "half")).code())
        .isEqualTo(S3ErrorCode.MALFORMED_POST_REQUEST);
    assertThat(refused(lines(file("12345"), "--bound--", "x".repeat(70_000))).code())
        .isEqualTo(S3ErrorCode.MALFORMED_POST_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=bound",
        "Multipart/Form-Data;charset=utf-8; Boundary=\"bound\"",
        " multipart/form-data ;boundary=bound;",
      })
  void aBoundaryIsFound(String contentType) {
    assertThat(FormBoundary.parse(contentType)).isEqualTo(FormBytes.BOUNDARY);
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, PRECONDITION_FAILED",
    "multipart/form-datax; boundary=a, PRECONDITION_FAILED",
    ", PRECONDITION_FAILED",
    "multipart/form-data, MALFORMED_POST_REQUEST",
    "multipart/form-data; boundary=, MALFORMED_POST_REQUEST",
    "multipart/form-data; boundary=\"a \", MALFORMED_POST_REQUEST",
    "multipart/form-data; boundary=a\u00fc, MALFORMED_POST_REQUEST",
  })
  void anotherTypeIsRefused(String contentType, S3ErrorCode code) {
    S3Exception refusal =
        catchThrowableOfType(S3Exception.class, () -> FormBoundary.parse(contentType));
    assertThat(refusal.code()).isEqualTo(code);
  }
}
