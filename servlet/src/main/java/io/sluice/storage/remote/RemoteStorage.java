package io.sluice.storage.remote;

import io.sluice.error.S3Exception;
import io.sluice.model.BucketName;
import io.sluice.storage.BucketStore;
import io.sluice.storage.Capability;
import io.sluice.storage.MultipartStore;
import io.sluice.storage.ObjectStore;
import io.sluice.storage.Storage;
import io.sluice.storage.forward.SignedForwarding;
import io.sluice.storage.maintenance.StoreMetric;
import io.sluice.storage.maintenance.Vital;
import io.sluice.storage.remote.forward.RemoteForwarding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A back end that is another S3 endpoint: requests become its requests, streamed, and its answers
 * and errors ours. It keeps nothing here. Thread-safe.
 */
final class RemoteStorage implements Storage {
  private static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.VERSIONING,
          Capability.CONDITIONAL_WRITE,
          Capability.SERVER_SIDE_COPY,
          Capability.OBJECT_DOCUMENTS,
          Capability.BUCKET_SETTINGS,
          Capability.MULTIPART);

  private static final int FIRST_SERVER_FAULT = 500;

  private final String name;
  private final RemoteClients clients;
  private final BucketStore buckets;
  private final ObjectStore objects;
  private final MultipartStore uploads;
  private final SignedForwarding forwarding;

  private RemoteStorage(RemoteEndpoint endpoint) {
    this.name = endpoint.settings().name();
    this.clients = endpoint.clients();
    this.buckets = new RemoteBucketStore(endpoint);
    this.objects = new RemoteObjectStore(endpoint);
    this.uploads = new RemoteMultipartStore(endpoint);
    String ownerId = endpoint.settings().ownerId();
    this.forwarding =
        new RemoteForwarding(
            name,
            endpoint.settings().signed(),
            clients.http(),
            (ref, answer) -> new ObjectHeaders(answer).object(ref, ownerId));
  }

  /**
   * Opens it; nothing is sent yet, so that a remote that is down does not keep the gateway from
   * starting.
   *
   * @throws IOException when the certificates cannot be read
   */
  static RemoteStorage open(RemoteSettings settings) throws IOException {
    return new RemoteStorage(
        new RemoteEndpoint(
            settings, RemoteClients.of(settings), new RemoteErrors(settings.name())));
  }

  @Override
  public BucketStore buckets() {
    return buckets;
  }

  @Override
  public ObjectStore objects() {
    return objects;
  }

  @Override
  public MultipartStore uploads() {
    return uploads;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<StoreMetric> metrics() {
    return clients.http().metrics();
  }

  @Override
  public List<Vital> vitals() {
    return List.of(new Vital(name, Vital.Place.REMOTE, this::tryListing));
  }

  /** A remote that refuses to list its buckets is there nevertheless. */
  private void tryListing() throws IOException {
    try {
      buckets.list("", null, 1);
    } catch (S3Exception e) {
      if (e.code().status() >= FIRST_SERVER_FAULT) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  @Override
  public Optional<SignedForwarding> forwarding(BucketName bucket) {
    return Optional.of(forwarding);
  }

  @Override
  public void close() {
    clients.close();
  }
}
