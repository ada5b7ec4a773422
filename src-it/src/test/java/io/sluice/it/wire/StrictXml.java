package io.sluice.it.wire;

import java.io.ByteArrayInputStream;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** Parses an answer as strictly as a client may: namespaces, no document type, no warning. */
final class StrictXml {
  /** The namespace of every result. */
  static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private StrictXml() {}

  static Element root(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new Thrower());
    Document document = builder.parse(new ByteArrayInputStream(bytes));
    return document.getDocumentElement();
  }

  /** Every element below it is in the same namespace, none has lost or redeclared it. */
  static boolean uniform(Node node, String namespace) {
    boolean uniform = true;
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element) {
        uniform &= Objects.equals(namespace, child.getNamespaceURI());
        uniform &= uniform(child, namespace);
      }
    }
    return uniform;
  }

  private static final class Thrower implements ErrorHandler {
    @Override
    public void warning(SAXParseException exception) throws SAXParseException {
      throw exception;
    }

    @Override
    public void error(SAXParseException exception) throws SAXParseException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXParseException {
      throw exception;
    }
  }
}
