package io.sluice.iam.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import io.sluice.iam.acl.Grantee.CanonicalUser;
import io.sluice.iam.acl.Grantee.Group;
import io.sluice.operation.FixtureAccounts;
import io.sluice.operation.PublicAccessBlock;
import io.sluice.operation.RequestFixture;
import io.sluice.protocol.S3Headers;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ACLs as they are stored, and the settings of new buckets. */
class AclsTest {
  private static final String OWNER = RequestFixture.OWNER.canonicalId();

  @Provide
  Arbitrary<List<Grant>> grants() {
    Arbitrary<Grantee> users =
        Arbitraries.strings().withChars("0123456789abcdef").ofLength(64).map(CanonicalUser::new);
    Arbitrary<Grantee> groups = Arbitraries.of(Group.class).map(group -> group);
    return Combinators.combine(Arbitraries.oneOf(users, groups), Arbitraries.of(Permission.class))
        .as(Grant::new)
        .list()
        .ofMaxSize(100);
  }

  @Property(tries = 200)
  void whatIsStoredIsReadAgain(@ForAll("grants") List<Grant> grants) {
    AccessControlList acl = new AccessControlList(OWNER, grants);
    assertThat(AccessControlList.stored(OWNER, acl.bytes())).isEqualTo(acl);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acl 2",
        "acl 1\nread",
        "acl 1\nread id",
        "acl 1\nread name x",
        "acl 1\nx id y"
      })
  void aDamagedAclGrantsNothing(String stored) {
    byte[] bytes = stored.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> AccessControlList.stored(OWNER, bytes))
        .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
  }

  private static Acls acls(ObjectOwnership ofNewBuckets) {
    return new Acls(new MemoryStorage().buckets(), new FixtureAccounts(), ofNewBuckets);
  }

  private static S3Headers acl(String canned) {
    return S3Headers.of(Map.of(CannedAcl.HEADER, List.of(canned)));
  }

  @Test
  void aNewBucketGoesByTheSetting() throws IOException {
    assertThat(
            acls(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .ofNewBucket(S3Headers.EMPTY, OWNER, Map.of()))
        .isEmpty();
    assertThat(acls(ObjectOwnership.OBJECT_WRITER).ofNewBucket(S3Headers.EMPTY, OWNER, Map.of()))
        .containsOnlyKeys(ObjectOwnership.SETTING);
    assertThat(acls(ObjectOwnership.OBJECT_WRITER).ofNewBucket(acl("public-read"), OWNER, Map.of()))
        .containsOnlyKeys(ObjectOwnership.SETTING, StoredAcls.NAME);
  }

  @Test
  void aNewBucketThatBlocksPublicAclsHasNone() throws IOException {
    Acls acls = acls(ObjectOwnership.OBJECT_WRITER);
    Map<String, byte[]> blocks = Map.of(PublicAccessBlock.SETTING, PublicAccessBlock.ALL.bytes());
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class, () -> acls.ofNewBucket(acl("public-read"), OWNER, blocks));
    assertThat(refusal.code()).isEqualTo(S3ErrorCode.INVALID_BUCKET_ACL_WITH_BLOCK_PUBLIC_ACCESS);
    assertThat(acls.ofNewBucket(acl("private"), OWNER, blocks))
        .containsOnlyKeys(ObjectOwnership.SETTING);
  }
}
