package io.sluice.storage.remote;

import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.memory.MemoryStorage;
import io.sluice.web.TestGateway;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A remote back end together with the gateway that is its remote. */
public final class RemoteFixture {
  private RemoteFixture() {}

  /** The settings by which a gateway is a provider. */
  public static Map<String, String> settings(TestGateway gateway, int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("name", "aws");
    settings.put("endpoint", "http://127.0.0.1:" + port);
    settings.put("access-key", gateway.credential().accessKeyId());
    settings.put("secret-key", gateway.credential().secretAccessKey());
    settings.put("retries", "1");
    settings.put("owner", "owner");
    return settings;
  }

  /** A remote over a gateway over a store in memory; the gateway stops when it is closed. */
  public static Storage open(long minPartSizeBytes) throws IOException {
    TestGateway gateway = TestGateway.over(new MemoryStorage(minPartSizeBytes));
    return new WithGateway(
        RemoteStorage.open(RemoteSettings.of(settings(gateway, gateway.port()))), gateway);
  }

  private record WithGateway(Storage remote, TestGateway gateway) implements Storage {
    @Override
    public BucketStore buckets() {
      return remote.buckets();
    }

    @Override
    public ObjectStore objects() {
      return remote.objects();
    }

    @Override
    public MultipartStore uploads() {
      return remote.uploads();
    }

    @Override
    public Set<Capability> capabilities() {
      return remote.capabilities();
    }

    @Override
    public void close() throws IOException {
      remote.close();
      gateway.close();
    }
  }
}
