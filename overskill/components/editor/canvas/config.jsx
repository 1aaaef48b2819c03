/** What Puck is told of a page's kinds of blocks. */
import { viewOf } from "./block_view.jsx";
import { ListField, LockedCode, LockedFields } from "./fields.jsx";
import { fieldsOf, fresh, isFresh, kindsOf, LOCKED } from "./kinds.js";

export function configOf(answer) {
  const kinds = kindsOf(answer);
  const components = Object.fromEntries([...kinds].map(([type, kind]) => [type, componentOf(kind)]));
  return { kinds, config: { components, root: rootOf(answer, kinds) } };
}

function componentOf(kind) {
  const fields = withCustom(fieldsOf(kind, { locked: lockedField(kind) }));
  return {
    label: kind.label,
    fields,
    inline: true,
    render: viewOf(kind),
    resolveFields: ({ props }) => shown(fields, props),
    // No defaultProps: Puck would also give them to blocks that are without on purpose.
    resolveData: (node, { trigger }) => (trigger === "insert" && isFresh(node) ? { props: { ...fresh(kind), ...node.props } } : node),
    resolvePermissions: ({ props }) => (props.reason ? { drag: false, duplicate: false } : {}),
  };
}

/** The element around everything: its classes are edited where no block is selected. */
function rootOf({ page }, kinds) {
  const kind = kinds.get(page.root.type);
  const fields = kind ? withCustom(fieldsOf({ ...kind, takesChildren: false }, { locked: lockedField(kind) })) : {};
  return {
    fields,
    resolveFields: ({ props }) => shown(fields, props ?? {}),
    render: ({ puck, ...props }) => {
      const name = props["@className"];
      return puck.renderDropZone({ zone: "default-zone", className: typeof name === "string" ? name : "", minEmptyHeight: 200 });
    },
  };
}

const lockedField = (kind) => ({ type: "custom", label: "Code", render: kind.type === LOCKED ? LockedCode : LockedFields });

/** Text is a field while nothing else stands in a block; code is one where there is some. */
function shown(fields, props) {
  const hasBlocks = props.children?.length > 0;
  const given = new Set((props.locked ?? []).map(({ name }) => `@${name}`));
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => {
      if (name === "text") return !hasBlocks;
      return name === "locked" ? given.size > 0 : !given.has(name);
    }),
  );
}

function withCustom(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, custom(field)]));
}

function custom(field) {
  if (field.type === "list") return { ...field, type: "custom", render: ListField };
  if (field.arrayFields) return { ...field, arrayFields: withCustom(field.arrayFields) };
  return field.objectFields ? { ...field, objectFields: withCustom(field.objectFields) } : field;
}
