package io.sluice.xml;

import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.dataformat.xml.JacksonXmlAnnotationIntrospector;

/**
 * Puts S3's namespace on every element that names no other, since a namespace on the root alone
 * makes the mapper write {@code xmlns=""} on every child. Stateless, thread-safe.
 */
final class S3NamespaceIntrospector extends JacksonXmlAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  /** S3's namespace. */
  static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  @Override
  public String findNamespace(MapperConfig<?> config, Annotated annotated) {
    if (Boolean.TRUE.equals(isOutputAsAttribute(config, annotated))) {
      return super.findNamespace(config, annotated); // an attribute belongs to its element
    }
    String named = super.findNamespace(config, annotated);
    return named == null || named.isEmpty() ? NAMESPACE : named;
  }
}
