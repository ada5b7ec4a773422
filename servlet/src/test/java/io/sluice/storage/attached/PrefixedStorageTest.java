package io.sluice.storage.attached;

import io.sluice.model.BucketInfo;
import io.sluice.model.BucketName;
import io.sluice.model.ObjectKey;
import io.sluice.model.ObjectMetadata;
import io.sluice.model.ObjectRef;
import io.sluice.model.Preconditions;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.WriteOptions;
import io.sluice.storage.contract.EncryptionContract;
import io.sluice.storage.contract.GuardContract;
import io.sluice.storage.contract.ListContract;
import io.sluice.storage.contract.MultipartContract;
import io.sluice.storage.contract.ObjectContract;
import io.sluice.storage.contract.UploadListContract;
import io.sluice.storage.contract.VersionContract;
import io.sluice.storage.memory.BytesPayload;
import io.sluice.storage.memory.MemoryStorage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Every bucket has neighbours before, at and behind the prefix of its keys, and shows none. */
class PrefixedStorageTest {
  private static final long MIN_PART_SIZE = 10;
  private static final KeyPrefix PREFIX = new KeyPrefix("a/b/");

  /** The longest key that the prefix leaves room for. */
  private static final int MAX_KEY_BYTES = 1024 - 4;

  private static Storage open() {
    MemoryStorage all = new MemoryStorage(MIN_PART_SIZE);
    return new Prefixed(all, neighbours(all));
  }

  /** A new bucket gets objects that are none of those below the prefix. */
  private static BucketStore neighbours(Storage all) {
    return (BucketStore)
        Proxy.newProxyInstance(
            PrefixedStorageTest.class.getClassLoader(),
            new Class<?>[] {BucketStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(all.buckets(), arguments);
                if (method.getName().equals("create")) {
                  fill(all, ((BucketInfo) arguments[0]).name());
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void fill(Storage all, BucketName bucket) throws IOException {
    for (String key : new String[] {"a", "a/a", "a/b", "a/b/", "a/b0", "k", "z"}) {
      all.objects()
          .put(
              ObjectRef.of(bucket, new ObjectKey(key)),
              new WriteOptions(ObjectMetadata.NONE, Map.of(), Preconditions.NONE, "neighbour"),
              BytesPayload.of("not yours"));
    }
  }

  /** The objects below the prefix. */
  private record Prefixed(Storage all, BucketStore buckets) implements Storage {
    @Override
    public ObjectStore objects() {
      return new PrefixedObjectStore(all.objects(), PREFIX);
    }

    @Override
    public MultipartStore uploads() {
      return new PrefixedMultipartStore(all.uploads(), PREFIX);
    }

    @Override
    public Set<Capability> capabilities() {
      return all.capabilities();
    }

    @Override
    public void close() throws IOException {
      all.close();
    }
  }

  @Nested
  class PrefixedObjectTest extends ObjectContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }

    @Override
    protected int longestKeyBytes() {
      return MAX_KEY_BYTES;
    }
  }

  @Nested
  class PrefixedListTest extends ListContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }
  }

  @Nested
  class PrefixedVersionTest extends VersionContract {
    @Override
    protected Storage open() {
      MemoryStorage all = new MemoryStorage(MIN_PART_SIZE);
      return new Prefixed(all, all.buckets()); // which is deleted when it is empty
    }
  }

  @Nested
  class PrefixedMultipartTest extends MultipartContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }
  }

  @Nested
  class PrefixedUploadListTest extends UploadListContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }
  }

  @Nested
  class PrefixedGuardTest extends GuardContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }
  }

  @Nested
  class PrefixedEncryptionTest extends EncryptionContract {
    @Override
    protected Storage open() {
      return PrefixedStorageTest.open();
    }
  }
}
