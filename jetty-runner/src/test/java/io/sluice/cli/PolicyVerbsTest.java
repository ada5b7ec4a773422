package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The policies of buckets, and what they let others see. */
class PolicyVerbsTest extends CliCase {
  @Test
  void aPolicyLetsOthersReadAPrefix() throws IOException {
    sluice("create", "ais://shared");
    String text = file("text", "some text");
    sluice("put", text, "ais://shared/public/a");
    sluice("put", text, "ais://shared/private/a");
    run("policy", "show", "ais://shared").failsWith(ExitCode.NOT_FOUND);
    String policy =
        file(
            "policy.json",
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject",
               "Resource": "arn:aws:s3:::shared/public/*"},
              {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:ListBucket",
               "Resource": "arn:aws:s3:::shared"}]}
            """);
    assertThat(sluice("policy", "set", "ais://shared", policy))
        .isEqualTo("Policy of ais://shared successfully updated.\n");
    assertThat(sluice("policy", "show", "ais://shared")).contains("arn:aws:s3:::shared/public/*");
    json("BucketPolicyView", "policy", "show", "ais://shared");
    json("BucketView", "policy", "set", "ais://shared", policy);
    asUser("get", "ais://shared/public/a", "/dev/null").ok();
    assertThat(asUser("show", "object", "ais://shared/public/a", "--all").ok())
        .contains("location  -");
    assertThat(asUser("ls", "ais:").ok()).isEqualTo("AIS Buckets (1)\n  ais://shared\n");
    assertThat(asUser("show", "bucket", "shared").ok()).doesNotContain("usage");
    assertThat(asUser("ls", "ais://shared", "--name-only").ok())
        .isEqualTo("NAME\nprivate/a\npublic/a\n");
    asUser("get", "ais://shared/private/a", "/dev/null").failsWith(ExitCode.DENIED);
    asUser("put", text, "ais://shared/public/b").failsWith(ExitCode.DENIED);
    asUser("policy", "show", "ais://shared").failsWith(ExitCode.DENIED);
    json("BucketView", "policy", "rm", "ais://shared");
    asUser("ls", "ais://shared").failsWith(ExitCode.DENIED);
    assertThat(sluice("policy", "rm", "ais://shared"))
        .isEqualTo("Policy of ais://shared removed.\n");
  }
}
