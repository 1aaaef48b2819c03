//% if f.type == "boolean"
            <Field label=[[f.label | attr]]>
              <Controller
                control={control}
                name="[[f.id]]"
                render={({ field }) => (
                  <Switch aria-label=[[f.label | attr]] checked={field.value} onCheckedChange={field.onChange} />
                )}
              />
            </Field>
//% elif f.type == "rating"
            <div className="grid content-start gap-2">
              <span className="text-sm leading-none font-medium">[[f.label | jsx]]</span>
              <Controller
                control={control}
                name="[[f.id]]"
                render={({ field }) => (
                  <Rating label=[[f.label | attr]] value={field.value} onChange={field.onChange} />
                )}
              />
            </div>
//% elif f.type == "select"
            <Field label=[[f.label | attr]]>
              <Select {...register("[[f.id]]")}>
                {[[f.constant]].map((option) => (
                  <option key={option}>{option}</option>
                ))}
              </Select>
            </Field>
//% else
            <Field label=[[(f.label ~ (" (" ~ f.unit ~ ")" if f.unit else "")) | attr]]>
//% if f.type == "longtext"
              <Textarea rows={3} {...register("[[f.id]]")} />
//% elif f.ts_type == "number"
              <Input
                type="number"
                inputMode="decimal"
                step="any"
                min={0}
                {...register("[[f.id]]", { setValueAs: (value) => Number(value) || 0 })}
              />
//% else
              <Input[% if f.input_type != "text" %] type="[[f.input_type]]"[% endif %] {...register("[[f.id]]")} />
//% endif
            </Field>
//% endif
