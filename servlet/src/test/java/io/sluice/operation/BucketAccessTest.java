package io.sluice.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketAccessTest {
  private static List<S3Operation> allowed(String access) {
    return Arrays.stream(S3Operation.values())
        .filter(operation -> BucketAccess.parse(access).allows(operation, false))
        .toList();
  }

  @Test
  void allIsAll() {
    for (String access : List.of("rw", "su", "18446744073709551615", "0xffffffffffffffff")) {
      assertThat(allowed(access)).as(access).containsExactly(S3Operation.values());
    }
  }

  @Test
  void whatReadsIsReadOnly() {
    assertThat(allowed("ro"))
        .contains(
            S3Operation.GET_OBJECT,
            S3Operation.HEAD_BUCKET,
            S3Operation.LIST_PARTS,
            S3Operation.GET_BUCKET_POLICY,
            S3Operation.SELECT_OBJECT_CONTENT)
        .allMatch(
            operation ->
                operation.access() == S3Operation.Access.READ
                    || operation.route().method().matches("GET|HEAD")
                    || operation == S3Operation.CREATE_BUCKET);
    assertThat(S3Operation.values())
        .filteredOn(operation -> operation.route().method().matches("GET|HEAD"))
        .allMatch(allowed("ro")::contains);
  }

  @Test
  void namesAndMasksAreTheSame() {
    assertThat(allowed("GET,LIST-OBJECTS")).isEqualTo(allowed("0x201")).isEqualTo(allowed("513"));
    assertThat(allowed("get list-objects")).isEqualTo(allowed("513"));
    assertThat(allowed("0"))
        .containsExactlyInAnyOrder(S3Operation.CREATE_BUCKET, S3Operation.LIST_BUCKETS);
  }

  @Test
  void anAppendIsNoPut() {
    assertThat(BucketAccess.parse("PUT").allows(S3Operation.PUT_OBJECT, true)).isFalse();
    assertThat(BucketAccess.parse("PUT").allows(S3Operation.PUT_OBJECT, false)).isTrue();
    assertThat(BucketAccess.parse("APPEND").allows(S3Operation.PUT_OBJECT, true)).isTrue();
    assertThat(BucketAccess.parse("APPEND").allows(S3Operation.PUT_OBJECT, false)).isFalse();
  }

  @Test
  void whatIsNoneIsRefused() {
    for (String access : List.of("", " ", "maybe", "GET,", "-1", "1x", "0x1ffffffffffffffff")) {
      assertThatThrownBy(() -> BucketAccess.parse(access))
          .as(access)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
