package io.sluice.it.bench;

import java.util.List;

/**
 * One row of the table.
 *
 * @param name as the table says
 * @param method GET, HEAD, PUT, DELETE or LIST
 * @param sizeBytes of each object
 * @param connections how many
 */
record Case(String name, Method method, int sizeBytes, int connections) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** What is asked for. */
  enum Method {
    GET,
    HEAD,
    PUT,
    DELETE,
    LIST_FIRST,
    LIST_MIDDLE,
    LIST_DELIMITER;

    boolean lists() {
      return name().startsWith("LIST");
    }

    boolean changes() {
      return this == PUT || this == DELETE;
    }
  }

  /** All of them. */
  static final List<Case> ALL =
      List.of(
          new Case("GET 1 KiB", Method.GET, KIB, 16),
          new Case("GET 4 KiB", Method.GET, 4 * KIB, 16),
          new Case("GET 4 KiB", Method.GET, 4 * KIB, 64),
          new Case("GET 64 KiB", Method.GET, 64 * KIB, 16),
          new Case("GET 1 MiB", Method.GET, MIB, 16),
          new Case("GET 64 MiB", Method.GET, 64 * MIB, 4),
          new Case("HEAD", Method.HEAD, KIB, 16),
          new Case("PUT 1 KiB", Method.PUT, KIB, 16),
          new Case("PUT 4 KiB", Method.PUT, 4 * KIB, 1),
          new Case("PUT 4 KiB", Method.PUT, 4 * KIB, 16),
          new Case("PUT 4 KiB", Method.PUT, 4 * KIB, 64),
          new Case("PUT 16 KiB", Method.PUT, 16 * KIB, 16),
          new Case("PUT 64 KiB", Method.PUT, 64 * KIB, 16),
          new Case("PUT 16 MiB", Method.PUT, 16 * MIB, 4),
          new Case("DELETE", Method.DELETE, KIB, 16),
          new Case("LIST 1,000 of 10,000, first", Method.LIST_FIRST, 0, 1),
          new Case("LIST 1,000 of 10,000, middle", Method.LIST_MIDDLE, 0, 1),
          new Case("LIST 100 common prefixes of 10,000", Method.LIST_DELIMITER, 0, 1));

  /** The name with the connections. */
  String title() {
    return name + ", " + connections + (connections == 1 ? " connection" : " connections");
  }
}
