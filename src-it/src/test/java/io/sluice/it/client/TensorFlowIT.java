package io.sluice.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.harness.GatewayCase;
import io.sluice.it.harness.RawRequest;
import io.sluice.it.harness.RawResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What TensorFlow's file system for S3 sends when a data set is read with {@code
 * S3_ENDPOINT=host:port/s3}, without TensorFlow: directories are looked for by HEAD and by listing,
 * and TFRecords are read in ranges until one lies behind the end.
 */
class TensorFlowIT extends GatewayCase {
  private static final int RECORD = 1000;
  private static final int FRAMING = 16; // length, its checksum, and the data's

  private RawResponse send(String method, String target, String... range) throws Exception {
    RawRequest request = RawRequest.of(gateway, method, "/" + bucket + target);
    if (range.length > 0) {
      request.header("range", range[0]);
    }
    return request.send();
  }

  private byte[] records(int count) {
    ByteBuffer file = ByteBuffer.allocate(count * (RECORD + FRAMING));
    file.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[RECORD];
      Arrays.fill(data, (byte) i);
      file.putLong(RECORD).putInt(0).put(data).putInt(0);
    }
    return file.array();
  }

  @Test
  void readsADataSet() throws Exception {
    byte[] file = records(20);
    for (String name : new String[] {"a.tfrecord", "b.tfrecord"}) {
      String target = "/" + bucket + "/train/" + name;
      assertThat(RawRequest.of(gateway, "PUT", target).body(file).send().status()).isEqualTo(200);
    }

    assertThat(send("HEAD", "").status()).isEqualTo(200);
    assertThat(send("HEAD", "/train").status()).isEqualTo(404); // no file, so it may be a directory
    assertThat(send("HEAD", "/train/").status()).isEqualTo(404);
    RawResponse directory = send("GET", "?prefix=train%2F&max-keys=1");
    assertThat(directory.text()).contains("<Key>train/a.tfrecord</Key>", "<IsTruncated>true");
    assertThat(send("GET", "?prefix=none%2F&max-keys=1").text()).doesNotContain("<Contents>");
    RawResponse children = send("GET", "?delimiter=%2F&max-keys=1000&prefix=train%2F");
    assertThat(children.text()).contains("<Key>train/a.tfrecord", "<Key>train/b.tfrecord");
    assertThat(send("GET", "?delimiter=%2F&max-keys=1000").text())
        .contains("<CommonPrefixes><Prefix>train/</Prefix></CommonPrefixes>");

    assertThat(send("HEAD", "/train/a.tfrecord").header("content-length"))
        .isEqualTo(Integer.toString(file.length));
    int position = 0;
    int count = 0;
    while (true) {
      RawResponse head = send("GET", "/train/a.tfrecord", range(position, 12));
      if (head.status() == 416) {
        assertThat(head.text()).contains("<Code>InvalidRange</Code>");
        break;
      }
      assertThat(head.status()).isEqualTo(206);
      long length = ByteBuffer.wrap(head.body()).order(ByteOrder.LITTLE_ENDIAN).getLong();
      byte[] data = send("GET", "/train/a.tfrecord", range(position + 12, length + 4)).body();
      assertThat(data).hasSize(RECORD + 4).startsWith(count, count);
      position += RECORD + FRAMING;
      count++;
    }
    assertThat(count).isEqualTo(20);
    // A buffered reader asks for more than there is.
    assertThat(send("GET", "/train/b.tfrecord", range(file.length - 5, 1 << 20)).body()).hasSize(5);
  }

  private static String range(long first, long length) {
    return "bytes=" + first + "-" + (first + length - 1);
  }

  @Test
  void makesAndRemovesADirectory() throws Exception {
    assertThat(send("PUT", "/model/").status()).isEqualTo(200);
    assertThat(send("HEAD", "/model/").header("content-length")).isEqualTo("0");
    put("model/.tmp", "weights");
    RawResponse copied =
        RawRequest.of(gateway, "PUT", "/" + bucket + "/model/saved")
            .header("x-amz-copy-source", bucket + "/model/.tmp")
            .send();
    assertThat(copied.text()).contains("<CopyObjectResult");
    assertThat(send("DELETE", "/model/.tmp").status()).isEqualTo(204);
    assertThat(get("model/saved")).isEqualTo("weights");
    RawResponse filled = send("GET", "?prefix=model%2F&max-keys=2");
    assertThat(filled.text()).contains("<Key>model/</Key>", "<Key>model/saved</Key>");
    assertThat(send("DELETE", "/model/saved").status()).isEqualTo(204);
    assertThat(send("DELETE", "/model/").status()).isEqualTo(204);
    assertThat(send("GET", "?prefix=model%2F").text()).doesNotContain("<Contents>");
  }
}
