package io.sluice.operation.field;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What a document has, as {@code Rule/Filter/Prefix} without its root, and the same with less. */
final class XmlPaths {
  private static final String TYPE = "xsi:type";

  private XmlPaths() {}

  /** Every element without elements in it, and {@code xsi:type}. */
  static Set<String> of(String xml) {
    Set<String> paths = new TreeSet<>();
    leaves(parse(xml).getDocumentElement(), "", paths);
    return paths;
  }

  private static void leaves(Element element, String path, Set<String> paths) {
    boolean leaf = true;
    NodeList children = element.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element child) {
        leaf = false;
        leaves(child, path + "/" + child.getTagName(), paths);
      }
    }
    if (element.hasAttribute(TYPE)) {
      paths.add((path + "/" + TYPE).substring(1));
    }
    if (leaf && !path.isEmpty()) {
      paths.add(path.substring(1));
    }
  }

  /** The document without what is at a path, wherever it is there. */
  static String without(String xml, String path) {
    Document document = parse(xml);
    remove(document.getDocumentElement(), path);
    try {
      StringWriter text = new StringWriter();
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (javax.xml.transform.TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Element element, String path) {
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    if (name.equals(TYPE)) {
      element.removeAttribute(TYPE);
    }
    NodeList children = element.getChildNodes();
    for (int i = children.getLength() - 1; i >= 0; i--) {
      Node child = children.item(i);
      if (child instanceof Element found && found.getTagName().equals(name)) {
        if (slash < 0) {
          element.removeChild(found);
        } else {
          remove(found, path.substring(slash + 1));
        }
      }
    }
  }

  private static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new IllegalArgumentException(xml, e);
    }
  }
}
