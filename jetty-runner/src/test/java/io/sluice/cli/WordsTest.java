package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.text.Dates;
import io.sluice.cli.text.Progress;
import io.sluice.cli.text.Sizes;
import io.sluice.cli.text.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Names, sizes, dates and tables. */
class WordsTest {
  @Test
  void sizesAreIec() {
    assertThat(Sizes.of(0)).isEqualTo("0B");
    assertThat(Sizes.of(1075)).isEqualTo("1.05KiB");
    assertThat(Sizes.of(10_689)).isEqualTo("10.44KiB");
    assertThat(Sizes.of(81_472_612)).isEqualTo("77.70MiB");
    assertThat(Sizes.of(Long.MAX_VALUE)).isEqualTo("8192.00PiB");
    assertThat(Sizes.parse("10")).isEqualTo(10);
    assertThat(Sizes.parse("10MiB")).isEqualTo(10 << 20);
    assertThat(Sizes.parse("1k")).isEqualTo(1024);
    assertThatThrownBy(() -> Sizes.parse("many")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void datesAreThoseOfTheSeed() {
    assertThat(Dates.of("2020-12-08T19:25:00Z")).matches("0[89] Dec 20 \\d\\d:\\d\\d \\S+");
    assertThat(Dates.of("")).isEmpty();
  }

  @Test
  void namesHaveProviders() {
    BucketUri uri = BucketUri.object("aws://bucket/a/b");
    assertThat(uri.bucket()).isEqualTo("bucket");
    assertThat(uri.key()).isEqualTo("a/b");
    assertThat(uri.matches("aws")).isTrue();
    assertThat(uri.matches("ais")).isFalse();
    assertThat(BucketUri.bucket("s3://bucket").matches("ais")).isTrue();
    assertThat(BucketUri.bucket("gs://bucket").matches("gcp")).isTrue();
    assertThat(BucketUri.bucket("bucket/").scheme()).isNull();
    assertThat(BucketUri.parse("s3:").provider()).isEqualTo("aws");
    for (String wrong : new String[] {"", "ais://", "ais://bucket/key"}) {
      assertThatThrownBy(() -> BucketUri.bucket(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> BucketUri.object("ais://bucket"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBarMovesOnATerminalAlone() throws Exception {
    for (boolean terminal : new boolean[] {true, false}) {
      StringWriter text = new StringWriter();
      try (Progress progress = new Progress(new PrintWriter(text), "file", 2048, terminal)) {
        progress.add(1024);
        Thread.sleep(120);
        progress.add(512);
      }
      if (terminal) {
        assertThat(text.toString())
            .contains("\rfile [======", " 75% 1.50KiB/2.00KiB")
            .endsWith("\r");
      } else {
        assertThat(text.toString()).isEmpty();
      }
    }
  }

  @Test
  void keysDoNotCommandTheTerminal() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new Table("NAME", "SIZE").row("a\u001b[2Jb", "1B").print(out);
    out.flush();
    assertThat(text.toString()).isEqualTo("NAME    SIZE\na\uFFFD[2Jb  1B\n");
  }
}
