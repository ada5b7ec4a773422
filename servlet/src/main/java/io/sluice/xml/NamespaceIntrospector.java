package io.sluice.xml;

import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.dataformat.xml.JacksonXmlAnnotationIntrospector;

/**
 * Puts a service's namespace on every element that names no other, since a namespace on the root
 * alone makes the mapper write {@code xmlns=""} on every child. Immutable, thread-safe.
 */
final class NamespaceIntrospector extends JacksonXmlAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private final String namespace;

  NamespaceIntrospector(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public String findNamespace(MapperConfig<?> config, Annotated annotated) {
    if (Boolean.TRUE.equals(isOutputAsAttribute(config, annotated))) {
      return super.findNamespace(config, annotated); // an attribute belongs to its element
    }
    String named = super.findNamespace(config, annotated);
    return named == null || named.isEmpty() ? namespace : named;
  }
}
