package io.sluice.operation.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;

/**
 * The fields that AWS's model has for an operation, as they travel: {@code header: x-amz-acl},
 * {@code query: prefix}, {@code body: Rule/Filter/Prefix} without the root. What is in the path and
 * bodies that are bytes are left out.
 */
final class ModelFields {
  private static final String MODEL = "software.amazon.awssdk.services.s3.model.";

  private ModelFields() {}

  /** Of a request. */
  static List<String> ofRequest(String operation) {
    return fields(operation + "Request");
  }

  /** Of the answer. */
  static List<String> ofAnswer(String operation) {
    return fields(operation + "Response");
  }

  private static List<String> fields(String shape) {
    List<String> fields = new ArrayList<>();
    for (SdkField<?> field : pojo(shape).sdkFields()) {
      String name = field.locationName();
      if (field.location() == MarshallLocation.HEADER) {
        fields.add("header: " + name.toLowerCase(Locale.ROOT));
      } else if (field.location() == MarshallLocation.QUERY_PARAM) {
        fields.add("query: " + name);
      } else if (field.location() == MarshallLocation.PAYLOAD) {
        boolean root = field.containsTrait(PayloadTrait.class);
        if (field.marshallingType() == MarshallingType.SDK_POJO && root) {
          children("", field, fields);
        } else if (field.marshallingType() != MarshallingType.SDK_BYTES && !root) {
          body("", field, fields);
        }
      }
    }
    return List.copyOf(new TreeSet<>(fields));
  }

  private static void body(String parent, SdkField<?> field, List<String> fields) {
    String path = parent + field.unmarshallLocationName();
    if (field.marshallingType() == MarshallingType.LIST) {
      ListTrait list = field.getTrait(ListTrait.class);
      SdkField<?> member = list.memberFieldInfo();
      String each = list.isFlattened() ? path : path + "/" + member.unmarshallLocationName();
      if (member.marshallingType() == MarshallingType.SDK_POJO) {
        children(each + "/", member, fields);
      } else {
        fields.add("body: " + each);
      }
    } else if (field.marshallingType() == MarshallingType.SDK_POJO) {
      children(path + "/", field, fields);
    } else {
      fields.add("body: " + path);
    }
  }

  private static void children(String path, SdkField<?> field, List<String> fields) {
    List<SdkField<?>> children = Objects.requireNonNull(field.constructor()).get().sdkFields();
    if (children.isEmpty() && !path.isEmpty()) {
      fields.add("body: " + path.substring(0, path.length() - 1));
    }
    for (SdkField<?> child : children) {
      body(path, child, fields);
    }
  }

  private static SdkPojo pojo(String shape) {
    try {
      return (SdkPojo)
          Objects.requireNonNull(Class.forName(MODEL + shape).getMethod("builder").invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no shape " + shape, e);
    }
  }
}
