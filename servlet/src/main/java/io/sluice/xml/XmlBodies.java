package io.sluice.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.sluice.error.S3ErrorCode;
import io.sluice.error.S3Exception;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLOutputFactory2;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.xml.XmlFactory;
import tools.jackson.dataformat.xml.XmlMapper;

/**
 * The one mapper between records and XML. Documents come in with S3's namespace, another or none;
 * they go out with S3's, but for errors, which have none. Component names in camel case are element
 * names with a capital; a null component writes nothing. Thread-safe.
 */
public final class XmlBodies {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ATTRIBUTES = 64;

  private static final WstxInputFactory INPUT = input();
  private static final XmlMapper DOCUMENTS = mapper("http://s3.amazonaws.com/doc/2006-03-01/");
  private static final XmlMapper OF_TOKEN_SERVICE =
      mapper("https://sts.amazonaws.com/doc/2011-06-15/");
  private static final XmlMapper ERRORS = mapper(XmlMapper.builder(factory()));

  private XmlBodies() {}

  private static WstxInputFactory input() {
    WstxInputFactory input = new WstxInputFactory();
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Keys may hold what XML 1.0 forbids; clients refer to it by number, as our listings do.
    input.setProperty(WstxInputProperties.P_ALLOW_XML11_ESCAPED_CHARS_IN_XML10, true);
    input.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
    input.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    return input;
  }

  private static XmlFactory factory() {
    WstxOutputFactory output = new WstxOutputFactory();
    output.setProperty(XMLOutputFactory2.IS_REPAIRING_NAMESPACES, true);
    output.setProperty(XMLOutputFactory2.P_TEXT_ESCAPER, new TextEscaping());
    return XmlFactory.builder().xmlInputFactory(INPUT).xmlOutputFactory(output).build();
  }

  private static XmlMapper mapper(String namespace) {
    return mapper(
        XmlMapper.builder(factory()).annotationIntrospector(new NamespaceIntrospector(namespace)));
  }

  private static XmlMapper mapper(XmlMapper.Builder builder) {
    return builder
        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
        .defaultUseWrapper(false)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        // What is not known would be kept and ignored; AWS holds documents against its schema too.
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .build();
  }

  /** Renders a document of AWS's token service, declaration included, in UTF-8. */
  public static byte[] writeOfTokenService(Object document) {
    return (DECLARATION + OF_TOKEN_SERVICE.writeValueAsString(document))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Renders a document, declaration included, in UTF-8. */
  public static byte[] write(Object document) {
    XmlMapper mapper = document instanceof ErrorDocument ? ERRORS : DOCUMENTS;
    return (DECLARATION + mapper.writeValueAsString(document)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a document.
   *
   * @param type a record with {@link JsonRootName}
   * @throws S3Exception MalformedXML when it is not well-formed, has another root or does not fit
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    try {
      checkRoot(bytes, type);
      T document = DOCUMENTS.readValue(bytes, type);
      if (document == null) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
      return document;
    } catch (XMLStreamException | JacksonException e) {
      S3Exception refusal = refusal(e);
      throw refusal == null
          ? S3ErrorCode.MALFORMED_XML.exception(S3ErrorCode.MALFORMED_XML.defaultMessage(), e)
          : refusal;
    }
  }

  /** What a record's constructor refused, which the mapper wraps. */
  private static @Nullable S3Exception refusal(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof S3Exception refusal) {
        return refusal;
      }
    }
    return null;
  }

  private static void checkRoot(byte[] bytes, Class<?> type) throws XMLStreamException {
    XMLStreamReader reader = INPUT.createXMLStreamReader(new ByteArrayInputStream(bytes));
    try {
      while (reader.hasNext() && !reader.isStartElement()) {
        if (reader.next() == XMLStreamConstants.DTD) {
          throw S3ErrorCode.MALFORMED_XML.exception();
        }
      }
      JsonRootName root = type.getAnnotation(JsonRootName.class);
      String expected = root == null ? type.getSimpleName() : root.value();
      if (!reader.isStartElement() || !reader.getLocalName().equals(expected)) {
        throw S3ErrorCode.MALFORMED_XML.exception();
      }
    } finally {
      reader.close();
    }
  }
}
