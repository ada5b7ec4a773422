package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.error.S3Exception;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {
  private static String keys(String template) {
    KeyTemplate parsed = KeyTemplate.parse(template);
    return String.join(
        " ", LongStream.range(0, parsed.size()).mapToObj(i -> parsed.key(i).value()).toList());
  }

  @Test
  void numbersRunAsInAShell() {
    assertThat(keys("shard-{0009..0011}.tar"))
        .isEqualTo("shard-0009.tar shard-0010.tar shard-0011.tar");
    assertThat(keys("{8..10}")).isEqualTo("8 9 10");
    assertThat(keys("a{0..10..5}")).isEqualTo("a0 a5 a10");
    assertThat(keys("{1..2}/{01..02}.x")).isEqualTo("1/01.x 1/02.x 2/01.x 2/02.x");
    assertThat(keys("{a}{3..3}")).isEqualTo("{a}3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "{2..1}", "{0..1000000}", "{0..9999}{0..9999}{0..9999}"})
  void whatStandsForNothingIsRefused(String template) {
    assertThatThrownBy(() -> KeyTemplate.parse(template)).isInstanceOf(S3Exception.class);
  }
}
